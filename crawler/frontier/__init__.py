"""The frontier: what is due, in hand and done. It lives in the database, so that a crash loses and repeats nothing.

`memory` is the crawler's memory behind `await`, `clerk` the thread that writes it, `listed` takes the links of feeds in,
`owners` tells who lives.
"""

from crawler.frontier.clerk import Clerk, Storing, Writer
from crawler.frontier.listed import add_links
from crawler.frontier.memory import LEASE, RETRY_AFTER, Frontier, failure
from crawler.frontier.owners import bury_dead, is_dead, owner_token

__all__ = [
    "LEASE",
    "RETRY_AFTER",
    "Clerk",
    "Frontier",
    "Storing",
    "Writer",
    "add_links",
    "bury_dead",
    "failure",
    "is_dead",
    "owner_token",
]
