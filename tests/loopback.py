"""Loopback web servers that keep their own hit log, and a small store and desk, for the crawler's tests."""

from __future__ import annotations

import json
import re
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from crawler.page import Link
from crawler.sources import Source
from pipeline.document import Article, Document, Fate, FateKind, Rejected
from pipeline.settings import Settings
from pipeline.store.database import metadata, open_engine, writing
from pipeline.store.writer import Writer
from pipeline.urls import article_id, canonical_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crawler.page import Page


@dataclass(frozen=True)
class Hit:
    """One request as the server saw it."""

    path: str
    at: float
    headers: dict[str, str]


@dataclass
class Answer:
    """What the server sends."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    send: Callable[[BaseHTTPRequestHandler], None] | None = None  # writes the whole answer itself


@dataclass
class Site:
    """A web site: `pages` maps paths to answers or to functions of the request; `hits` is its log."""

    address: str
    port: int = 0
    pages: dict[str, Any] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{self.address}:{self.port}"

    def paths(self, start: str = "") -> list[str]:
        """The paths asked for, without those of rules and rights."""
        aside = {"/robots.txt", "/.well-known/tdmrep.json"}
        return [hit.path for hit in self.hits if hit.path not in aside and hit.path.startswith(start)]

    def article(self, path: str, title: str = "", text: str = "") -> str:
        self.pages[path] = Answer(page(title or f"Title of {path}", text or f"Text of {path}."))
        return self.url + path

    def feed(self, path: str, *links: str, titles: dict[str, str] | None = None, **extra: Any) -> str:
        entries = [{"url": link, "title": (titles or {}).get(link, "")} for link in links]
        self.pages[path] = Answer(json.dumps({"links": entries, **extra}).encode())
        return self.url + path


def page(title: str, text: str) -> bytes:
    return f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>".encode()


@contextmanager
def serving(address: str = "127.0.0.1") -> Iterator[Site]:
    """A site on a loopback address, for as long as the block lasts."""
    site = Site(address=address)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.hits.append(Hit(self.path, time.monotonic(), headers))
            answer = site.pages.get(self.path, Answer(b"not here", 404))
            if callable(answer):
                answer = answer(site.hits[-1])
            if answer.send is not None:
                answer.send(self)
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass  # clients that go away are part of the tests

    server = Server((address, 0), Handler)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class SmallStore:
    """A store as far as the crawler needs one."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        metadata.create_all(self.engine)
        with self.engine.begin() as connection:
            connection.execute(
                sa.text(
                    "CREATE TABLE IF NOT EXISTS kept (id VARCHAR(16) PRIMARY KEY, title TEXT, text TEXT, writes INT)"
                )
            )

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        with writing(self.engine) as connection:
            writer = Writer(connection)
            yield writer
            writer.finish()

    def rows(self, query: str) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(sa.text(query)))

    def close(self) -> None:
        self.engine.dispose()


class SmallDesk:
    """A pipeline that keeps title and text."""

    def prepare(self, document: Document) -> Article | Rejected:
        if "explode" in document.text:
            raise RuntimeError("a stage gave up")
        return Article(document=document)

    def file(self, writer: Any, article: Article) -> Fate:
        document, connection = article.document, writer.connection
        if "explode while filing" in document.title:
            raise RuntimeError("filing gave up")
        values = {"id": document.id, "title": document.title, "text": document.text}
        row = connection.execute(sa.text("SELECT title, text FROM kept WHERE id = :id"), values).one_or_none()
        kind: FateKind = (
            "stored" if row is None else "unchanged" if tuple(row) == (document.title, document.text) else "revised"
        )
        if row is None:
            connection.execute(sa.text("INSERT INTO kept VALUES (:id, :title, :text, 1)"), values)
        else:
            connection.execute(
                sa.text("UPDATE kept SET title = :title, text = :text, writes = writes + 1 WHERE id = :id"), values
            )
        return Fate(kind=kind, url=document.url, article_id=document.id)


def extract(page: Page, source: Any = None) -> Document | Rejected:
    """Title and body of the pages made by `page`."""
    html = page.body.decode()
    if "just a moment" in html:
        return Rejected(kind="bot-wall", reason="challenge", url=page.url)
    title = re.search("<title>(.*?)</title>", html, re.DOTALL)
    text = re.search("<p>(.*)</p>", html, re.DOTALL)
    if not title or not text:
        return Rejected(kind="too-short", reason="no text", url=page.url)
    url = canonical_url(page.url)
    return Document(
        id=article_id(url), url=page.url, canonical_url=url, title=title[1], text=text[1], fetched_at=page.fetched_at,
        source=page.source,
    )  # fmt: skip


def discover(page: Page, source: Any = None, *, now: datetime) -> Any:
    """Links of the feeds made by `Site.feed`."""
    try:
        data = json.loads(page.body)
    except ValueError:
        return SimpleNamespace(
            format="", links=(), children=(), is_partial=False, ttl_seconds=None, problem="no feed", hub=""
        )
    return SimpleNamespace(
        format="json",
        links=tuple(Link(url=entry["url"], title=entry["title"]) for entry in data["links"]),
        children=tuple(data.get("children", ())),
        is_partial=data.get("is_partial", False),
        ttl_seconds=data.get("ttl_seconds"),
        next_url=data.get("next_url", ""),
        problem=data.get("problem", ""),
        hub=data.get("hub", ""),
    )


def source(feed: str | tuple[str, ...], name: str = "one", **fields: Any) -> Source:
    """A source on loopback without a pause between requests."""
    feeds = (feed,) if isinstance(feed, str) else feed
    values: dict[str, Any] = {
        "name": name,
        "homepage": "http://127.0.0.1/",
        "language": "en",
        "country": "GB",
        "delay_seconds": 0.0,
    }
    return Source(id=name, feeds=feeds, **(values | fields))


def settings(home: Path, allow: str = "127.0.0.0/8") -> Settings:
    networks = tuple(ip_network(part) for part in allow.split(",") if part)
    return Settings(
        home=home, database_url=f"sqlite:///{home}/crawl.db", allow_private_networks=networks, contact="mailto:me@here"
    )


class Clock:
    """A clock that can be moved."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(time.time() + self.ahead, UTC)
