"""Many small publishers on loopback addresses, in a process of their own, with a hit log and faults of mixed kinds.

`python -m tests.benchmarks.publishers FOLDER PUBLISHERS ARTICLES FAULTY DELAY PAGES`: every tenth publisher is faulty when FAULTY
is 1; PAGES is `news` for pages as large as real ones, made before the first request, or `small`.
Feeds list as many articles as FOLDER/listed says, where it is there. Writes FOLDER/sources.toml, FOLDER/faults.json (source -> the
health state to expect), and a line a request to FOLDER/hits.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from dataclasses import dataclass
from email.utils import formatdate
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import news_pages
from tests.benchmarks.generated_news import Event, text

if TYPE_CHECKING:
    from collections.abc import Callable

# Publisher number -> what is wrong with it, and the state that health must name.
FAULTS = (
    ("html-feed", "bot-wall"),
    ("feed-500", "unreachable"),
    ("robots-500", "robots"),
    ("wall", "bot-wall"),
    ("gone", "layout-changed"),
    ("rate-limited", "rate-limited"),
)
REFUSALS = {"feed-500": 500, "rate-limited": 429}
STARTED = time.time()
WALL = b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>Enable JavaScript</body></html>"


def small_article(publisher: int, number: int) -> bytes:
    """A page of 8 kB for crawls in which extraction is not the matter; its words are those of no other article."""
    seed = publisher * 100_003 + number
    words = text(Event(seed), "en", seed, words=240).split(" ")
    runs = [" ".join(words[at : at + 40]).replace(" .", ".") for at in range(0, len(words), 40)]
    paragraphs = "".join(f"<p>{run.capitalize()}.</p>" for run in runs)
    menu = "".join(f'<li><a href="/section/{n}">Section {n}</a></li>' for n in range(40))
    title = " ".join(words[:9]).strip(" .").capitalize()
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="article:published_time" content="2026-11-{10 + number % 9}T08:00:00Z">'
        f"<script>{'var x = 1;' * 200}</script></head><body><nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1>"
        f"{paragraphs}</article></main><footer>Imprint, contact, terms</footer></body></html>"
    ).encode()


def feed(base: str, articles: int) -> bytes:
    """RSS of all articles, and one link that robots.txt forbids."""
    items = "".join(
        f"<item><title>Report {n}</title><link>{base}{path}</link><pubDate>{formatdate(STARTED - 600 * n)}</pubDate></item>"
        for n, path in enumerate([*(f"/a/{n}" for n in range(articles)), "/private/1"])
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>p</title>{items}</channel></rss>'.encode()


@dataclass(frozen=True, slots=True)
class Publisher:
    """One site: its number and address, how many articles it lists, what is wrong with it, and what its pages are made by."""

    number: int
    base: str
    listed: Callable[[], int]
    fault: str
    page: Callable[[int, int], bytes]

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, content type and body."""
        if path == "/robots.txt":
            rules = b"User-agent: *\nDisallow: /private/\n"
            return (500, "text/plain", b"") if self.fault == "robots-500" else (200, "text/plain", rules)
        if path == "/feed.xml":
            return self._feed()
        if not path.startswith("/a/") or self.fault == "gone":
            return 404, "text/html", b""
        return 200, "text/html", WALL if self.fault == "wall" else self.page(self.number, int(path[3:]))

    def _feed(self) -> tuple[int, str, bytes]:
        if self.fault in REFUSALS:
            return REFUSALS[self.fault], "text/plain", b""
        if self.fault == "html-feed":
            return 200, "text/html", WALL
        return 200, "application/rss+xml", feed(self.base, self.listed())


async def serve(folder: Path, publishers: int, articles: int, delay: float, *, faulty: bool, pages: str) -> None:
    """Listen until killed."""
    page = small_article
    if pages == "news":
        page = cache(news_pages.article)
        for number in range(publishers * articles):
            page(number // articles, number % articles)
    listing = folder / "listed"

    def listed() -> int:
        return int(listing.read_text()) if listing.exists() else articles

    hits = (folder / "hits").open("a", buffering=1)
    port, tables, expected = 18_000 + random.randrange(4000), [], {}
    for number in range(publishers):
        host = f"127.0.{1 + number // 200}.{1 + number % 200}"
        fault, state = FAULTS[number // 10 % len(FAULTS)] if faulty and number % 10 == 3 else ("", "ok")
        base = f"http://{host}:{port}"
        expected[f"p{number}"] = state

        async def handle(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter,
            host: str = host, site: Publisher = Publisher(number, base, listed, fault, page),
        ) -> None:  # fmt: skip
            while head := await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else b"":
                path = head.split(b" ", 2)[1].decode()
                hits.write(f"{time.monotonic():.6f} {host} {path}\n")
                status, kind, body = site.answer(path)
                extra = "Retry-After: 3600\r\n" if status == 429 else ""
                writer.write(
                    f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n{extra}Content-Length: {len(body)}\r\n\r\n".encode()
                    + body
                )
                await writer.drain()

        async def quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, handle: object = handle) -> None:
            try:
                await handle(reader, writer)  # type: ignore[operator]
            except (asyncio.IncompleteReadError, ConnectionError):
                pass
            finally:
                writer.close()

        await asyncio.start_server(quietly, host, port)
        tables.append(
            f'[[source]]\nid = "p{number}"\nname = "Publisher {number}"\nhomepage = "{base}/"\nlanguage = "en"\n'
            f'country = "GB"\nfeeds = ["{base}/feed.xml"]\ndelay_seconds = {delay}\n'
        )
    (folder / "sources.toml").write_text("\n".join(tables))
    (folder / "faults.json").write_text(json.dumps(expected))
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    folder, publishers, articles, faulty, delay, pages = sys.argv[1:]
    asyncio.run(serve(Path(folder), int(publishers), int(articles), float(delay), faulty=faulty == "1", pages=pages))
