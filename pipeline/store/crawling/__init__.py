"""The crawler's memory in SQL: tables, and functions that take the connection of a transaction.

`frontier` holds pages, `manners` robots.txt, resting hosts and feed validators, `runs` runs, source state and leases.
"""

from pipeline.store.crawling import frontier, manners, runs, tables

__all__ = ["frontier", "manners", "runs", "tables"]
