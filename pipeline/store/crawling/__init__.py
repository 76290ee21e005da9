"""The crawler's memory in SQL: tables, and functions that take the connection of a transaction.

`links` are remembered in the `frontier`, which leases and settles pages; `census` looks at it; `manners` holds robots.txt, resting hosts and feed validators, `runs` runs, source state and leases,
`jobs` the slots of scheduled jobs.
"""

from pipeline.store.crawling import census, frontier, jobs, links, manners, runs, tables

__all__ = ["census", "frontier", "jobs", "links", "manners", "runs", "tables"]
