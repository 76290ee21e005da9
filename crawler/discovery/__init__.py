"""Bytes to links: feeds, sitemaps and listing pages; pure, no network, no clock."""

from crawler.discovery.discover import discover
from crawler.discovery.records import PROBLEMS, Discovery, Format, Limits

__all__ = ["PROBLEMS", "Discovery", "Format", "Limits", "discover"]
