"""The small news site on loopback that `hirewire demo` and the tests crawl; its outlets and events are invented."""

from crawler.newsroom.answering import Hit
from crawler.newsroom.faults import Fault
from crawler.newsroom.server import PORT, Newsroom
from crawler.newsroom.truth import Truth

__all__ = ["PORT", "Fault", "Hit", "Newsroom", "Truth"]
