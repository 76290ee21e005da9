"""The crawler's memory in SQL: tables, and functions that take the connection of a transaction.

`frontier` holds pages, `manners` robots.txt, resting hosts and feed validators, `runs` runs, source state and leases,
`jobs` the slots of scheduled jobs.
"""

from pipeline.store.crawling import frontier, jobs, manners, runs, tables

__all__ = ["frontier", "jobs", "manners", "runs", "tables"]
