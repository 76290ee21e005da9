"""The sources: who is watched, where, how often, and the rules of each; read from TOML and checked."""

from crawler.sources.cadence import CronFields, duration_text, parse_cron, parse_duration
from crawler.sources.reading import load_sources, read_sources
from crawler.sources.records import Expect, Listing, Registry, Source

__all__ = [
    "CronFields",
    "Expect",
    "Listing",
    "Registry",
    "Source",
    "duration_text",
    "load_sources",
    "parse_cron",
    "parse_duration",
    "read_sources",
]
