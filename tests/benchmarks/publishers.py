"""Many small publishers on loopback addresses, in a process of their own, with a hit log and faults of mixed kinds.

`python -m tests.benchmarks.publishers FOLDER PUBLISHERS ARTICLES FAULTY DELAY`: every tenth publisher is faulty when FAULTY is 1.
Writes FOLDER/sources.toml, FOLDER/faults.json (source -> the health state to expect), and a line a request to FOLDER/hits.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from email.utils import formatdate
from pathlib import Path

# Publisher number -> what is wrong with it, and the state that health must name.
FAULTS = (
    ("html-feed", "bot-wall"),
    ("feed-500", "unreachable"),
    ("robots-500", "robots"),
    ("wall", "bot-wall"),
    ("gone", "layout-changed"),
    ("rate-limited", "rate-limited"),
)
STARTED = time.time()
SYLLABLES = (
    "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bra cle dri flo gru stra ple quo thi shu".split()
)
WALL = b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>Enable JavaScript</body></html>"


def text_of(publisher: int, number: int, paragraphs: int = 14) -> list[str]:
    """Made-up sentences that no other article has: articles that repeat each other are another benchmark's matter."""
    chance = random.Random(publisher * 100_003 + number)

    def word() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randrange(2, 4)))

    def sentence() -> str:
        words = [word() if n % 3 else chance.choice(("the", "of", "and", "with", "from")) for n in range(16)]
        return " ".join(words).capitalize() + "."

    return [" ".join(sentence() for _ in range(4)) for _ in range(paragraphs)]


def article(publisher: int, number: int) -> bytes:
    """A page with navigation, side bar and scripts around the text, about 12 kB."""
    paragraphs = "".join(f"<p>{text}</p>" for text in text_of(publisher, number))
    menu = "".join(f'<li><a href="/section/{n}">Section {n}</a></li>' for n in range(40))
    aside = "".join(f'<div class="teaser"><a href="/a/{n}">Earlier report {n}</a></div>' for n in range(30))
    title = f"Report {number} of publisher {publisher}: {text_of(publisher, number, 1)[0][:60]}"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="article:published_time" content="2026-11-1{number % 9}T08:00:00Z">'
        f"<script>{'var x = 1;' * 200}</script></head><body><nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1>"
        f"{paragraphs}</article></main><aside>{aside}</aside><footer>Imprint, contact, terms</footer></body></html>"
    ).encode()


def feed(base: str, articles: int) -> bytes:
    """RSS of all articles, and one link that robots.txt forbids."""
    items = "".join(
        f"<item><title>Report {n}</title><link>{base}{path}</link><pubDate>{formatdate(STARTED - 600 * n)}</pubDate></item>"
        for n, path in enumerate([*(f"/a/{n}" for n in range(articles)), "/private/1"])
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>p</title>{items}</channel></rss>'.encode()


def answer(path: str, publisher: int, base: str, articles: int, fault: str) -> tuple[int, str, bytes]:  # noqa: PLR0911 - a table of routes
    """Status, content type and body."""
    if path == "/robots.txt":
        return (
            (500, "text/plain", b"")
            if fault == "robots-500"
            else (200, "text/plain", b"User-agent: *\nDisallow: /private/\n")
        )
    if path == "/feed.xml":
        if fault == "feed-500":
            return 500, "text/plain", b""
        if fault == "rate-limited":
            return 429, "text/plain", b""
        return (200, "text/html", WALL) if fault == "html-feed" else (200, "application/rss+xml", feed(base, articles))
    if path.startswith("/a/"):
        if fault == "wall":
            return 200, "text/html", WALL
        return (404, "text/html", b"") if fault == "gone" else (200, "text/html", article(publisher, int(path[3:])))
    return 404, "text/html", b""


async def serve(folder: Path, publishers: int, articles: int, delay: float, *, faulty: bool) -> None:
    """Listen until killed."""
    hits = (folder / "hits").open("a", buffering=1)
    port, tables, expected = 18_000 + random.randrange(4000), [], {}
    for number in range(publishers):
        host = f"127.0.{1 + number // 200}.{1 + number % 200}"
        fault, state = FAULTS[number // 10 % len(FAULTS)] if faulty and number % 10 == 3 else ("", "ok")
        base = f"http://{host}:{port}"
        expected[f"p{number}"] = state

        async def handle(  # noqa: PLR0917 - defaults bind the loop's values
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter,
            host: str = host, number: int = number, base: str = base, fault: str = fault,
        ) -> None:  # fmt: skip
            while head := await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else b"":
                path = head.split(b" ", 2)[1].decode()
                hits.write(f"{time.monotonic():.6f} {host} {path}\n")
                status, kind, body = answer(path, number, base, articles, fault)
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
    asyncio.run(
        serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[5]), faulty=sys.argv[4] == "1")
    )
