"""The sources: who is watched, where, how often, and the rules of each; read from TOML and checked."""

from crawler.sources.cadence import CronFields, duration_text, parse_cron, parse_duration
from crawler.sources.reading import OWN_FILE, faults_of, load_sources, read_sources, sources_of
from crawler.sources.records import Expect, Listing, Registry, Source

__all__ = [
    "OWN_FILE",
    "CronFields",
    "Expect",
    "Listing",
    "Registry",
    "Source",
    "duration_text",
    "faults_of",
    "load_sources",
    "parse_cron",
    "parse_duration",
    "read_sources",
    "sources_of",
]
