"""What a publisher says against use of its pages by machines: recorded with the source, for people to act on.

Five places say it: the headers X-Robots-Tag and tdm-reservation, meta tags of the same names, robots.txt (groups of
rules for AI crawlers, or a sentence in its comments), and `/.well-known/tdmrep.json` (W3C's TDM Reservation Protocol).
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from protego import Protego

from crawler.page import Page

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator, Mapping

    from crawler.manners.memory import Memory

RESERVATIONS = frozenset({"noai", "noimageai", "notdm", "nosnippet", "noarchive", "noindex"})
TDMREP = "/.well-known/tdmrep.json"
TDMREP_KEPT = timedelta(days=7)  # rights change more slowly than rules for crawlers
# Crawlers that gather texts for language models, as publishers name them in robots.txt.
AI_AGENTS = ("GPTBot", "CCBot", "Google-Extended", "ClaudeBot", "anthropic-ai", "Bytespider", "PerplexityBot", "Applebot-Extended", "meta-externalagent")  # fmt: skip
_HEAD_BYTES = 65_536  # meta tags stand in the head
_META = re.compile(rb"<meta\s[^>]{0,500}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_COMMENT = re.compile(
    r"text (?:and|&) data mining|\bTDM\b|2019/790|§\s*44b|text- und data-mining|fouille de textes|minería de textos",
    re.IGNORECASE,
)
_MOST_LOCATIONS, _LONGEST = 5, 200


class Getting(Protocol):
    """Fetches an address with all manners: a page, or why there is none."""

    def get(self, url: str, *, source: str, delay: float | None) -> Awaitable[Any]:
        """Fetch."""
        ...


def rights_in(headers: Mapping[str, str], body: bytes = b"") -> frozenset[str]:
    """The reservations that an answer states in its headers and in the meta tags of its head."""
    stated = {f"x-robots-tag: {word}" for word in _words(headers.get("x-robots-tag", "")) & RESERVATIONS}
    stated |= _tdm("tdm-reservation", headers.get("tdm-reservation", ""), headers.get("tdm-policy", ""))
    metas = dict(_metas(body[:_HEAD_BYTES])) if b"<meta" in body[:_HEAD_BYTES].lower() else {}
    stated |= {f"meta robots: {word}" for word in _words(metas.get("robots", "")) & {"noai", "noimageai", "notdm"}}
    return frozenset(
        stated | _tdm("meta tdm-reservation", metas.get("tdm-reservation", ""), metas.get("tdm-policy", ""))
    )


def rights_in_robots(body: str) -> frozenset[str]:
    """The AI crawlers that a robots.txt shuts out of the whole site, and whether its comments reserve data mining."""
    stated = set()
    parser = Protego.parse(body)
    if parser.can_fetch("https://site.example/", "some-other-agent"):
        shut = [agent for agent in AI_AGENTS if not parser.can_fetch("https://site.example/", agent)]
        stated |= {f"robots.txt: {agent} disallowed" for agent in shut}
    comments = "\n".join(line.partition("#")[2] for line in body.splitlines() if "#" in line)
    if match := _COMMENT.search(comments):
        stated.add(f"robots.txt comment: {match.group()}")
    return frozenset(stated)


def rights_in_tdmrep(body: bytes) -> frozenset[str]:
    """The locations that a tdmrep.json reserves; nothing where it is no such file."""
    try:
        rules = json.loads(body)
    except (ValueError, RecursionError):
        return frozenset()
    stated: set[str] = set()
    for rule in rules[:_MOST_LOCATIONS] if isinstance(rules, list) else ():
        if isinstance(rule, dict) and isinstance(location := rule.get("location"), str):
            name = f"tdmrep.json {location[:_LONGEST]}"
            stated |= _tdm(name, str(rule.get("tdm-reservation", "")), str(rule.get("tdm-policy") or ""))
    return frozenset(stated)


async def rights_of_site(
    url: str, getting: Getting, memory: Memory, *, source: str, delay: float | None
) -> frozenset[str]:
    """What robots.txt (as it was read) and tdmrep.json (asked for once a week) of an address's site reserve."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    robots = await memory.robots_of(origin)
    stated = rights_in_robots(robots["body"]) if robots is not None and robots["body"] else frozenset()
    kept = await memory.robots_of(origin + TDMREP)
    if kept is None or kept["expires_at"] <= memory.now():
        answer = await getting.get(origin + TDMREP, source=source, delay=delay)
        if not isinstance(answer, Page):
            return stated
        body = answer.body[:_HEAD_BYTES].decode("utf-8", "replace") if answer.status == 200 else ""  # noqa: PLR2004 - OK
        now = memory.now()
        kept = {"body": body, "verdict": "allow", "reason": "", "fetched_at": now, "expires_at": now + TDMREP_KEPT}
        await memory.keep_robots(origin + TDMREP, **kept)
    return stated | rights_in_tdmrep(kept["body"].encode())


def _words(text: str) -> set[str]:
    """The directives of an X-Robots-Tag, whichever crawler they are for."""
    return {word.strip().lower() for word in text.replace(":", ",").split(",")}


def _tdm(name: str, reservation: str, policy: str) -> set[str]:
    if reservation.strip() != "1":
        return set()
    return {f"{name}: 1" + (f" ({policy.strip()[:_LONGEST]})" if policy.strip() else "")}


def _metas(head: bytes) -> Iterator[tuple[str, str]]:
    for tag in _META.findall(head):
        attributes = {
            name.decode("latin-1").lower(): next(filter(None, values), b"").decode("utf-8", "replace")
            for name, *values in _ATTRIBUTE.findall(tag)
        }
        if name := attributes.get("name"):
            yield name.strip().lower(), attributes.get("content", "")
