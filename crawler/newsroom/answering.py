"""HTTP on one host of the newsroom: conditional requests, compression, faults and a log of hits."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, cast

from crawler.newsroom.faults import Fault
from crawler.newsroom.site import Answer, Site

if TYPE_CHECKING:
    from collections.abc import Callable

COMPRESSED_FROM_BYTES = 1024  # smaller bodies gain nothing
IDLE_SECONDS = 10.0  # a connection without a request is closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One request as the publisher saw it; `at` is in seconds of the monotonic clock."""

    url: str
    path: str
    host: str
    method: str
    status: int
    at: float
    user_agent: str
    is_conditional: bool


class HostServer(ThreadingHTTPServer):
    """The server of one publisher; it knows its open connections, so that stopping leaves none."""

    daemon_threads = True
    site: Site
    take_fault: Callable[[str], Fault | None]
    record: Callable[[Hit], None]

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self._connections: set[socket.socket] = set()
        self._connections_lock = threading.Lock()
        super().__init__(address, handler)

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Note the connection, then serve it in a thread."""
        with self._connections_lock:
            self._connections.add(cast("socket.socket", request))
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Close the connection and forget it."""
        with self._connections_lock:
            self._connections.discard(cast("socket.socket", request))
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that went away is no error of the newsroom; anything else is, and is shown."""
        import sys  # noqa: PLC0415 - only here

        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def close_connections(self) -> None:
        """Close what is still open; readers see the end of the connection."""
        with self._connections_lock:
            for connection in self._connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD as the site says, unless a fault is set for the address."""

    protocol_version = "HTTP/1.1"
    server_version = "newsroom"
    sys_version = ""
    timeout = IDLE_SECONDS
    server: HostServer

    def do_GET(self) -> None:
        """Answer with a body."""
        self._serve(with_body=True)

    def do_HEAD(self) -> None:
        """Answer without one."""
        self._serve(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Hits are recorded, not printed."""

    def _serve(self, *, with_body: bool) -> None:
        url = self.server.site.base + self.path
        fault = self.server.take_fault(url) or Fault()
        if fault.delay_seconds:
            time.sleep(fault.delay_seconds)
        answer = self._faulty(self.server.site.answer(self.path), fault)
        status = HTTPStatus.NOT_MODIFIED if self._is_unchanged(answer, fault) else answer.status
        self._log(url, int(status))
        body = b"" if status == HTTPStatus.NOT_MODIFIED else answer.body
        headers = self._headers(answer, fault)
        if len(body) >= COMPRESSED_FROM_BYTES and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, mtime=0)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))} | dict(fault.headers)).items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self._send(body, fault)

    def _faulty(self, answer: Answer, fault: Fault) -> Answer:
        if fault.redirect_to is not None:
            return Answer(status=302, location=fault.redirect_to)
        if fault.status is not None:
            return Answer(status=fault.status, body=fault.body or b"")
        if fault.body is not None:
            return Answer(content_type=answer.content_type, body=fault.body)
        return answer

    def _headers(self, answer: Answer, fault: Fault) -> dict[str, str]:
        kind = answer.content_type
        if fault.charset is not None:
            kind = f"{kind.partition(';')[0]}; charset={fault.charset}"
        headers = {"Content-Type": kind}
        if answer.location:
            headers["Location"] = answer.location
        if answer.changed_at:
            headers |= {"ETag": answer.etag, "Last-Modified": format_datetime(answer.changed_at, usegmt=True)}
        if fault.retry_after is not None:
            headers["Retry-After"] = fault.retry_after
        return headers

    def _is_unchanged(self, answer: Answer, fault: Fault) -> bool:
        if fault.is_always_unchanged:
            return True
        if answer.changed_at is None or answer.status != HTTPStatus.OK:
            return False
        if known := self.headers.get("If-None-Match"):
            return answer.etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}
        if since := self.headers.get("If-Modified-Since"):
            with suppress(ValueError):
                return answer.changed_at <= parsedate_to_datetime(since)
        return False

    def _send(self, body: bytes, fault: Fault) -> None:
        if fault.cut_at is not None:
            body = body[: int(len(body) * fault.cut_at)]
            self.close_connection = True
        if fault.bytes_per_second is None:
            self.wfile.write(body)
            return
        step = max(1, fault.bytes_per_second // 10)
        for start in range(0, len(body), step):
            self.wfile.write(body[start : start + step])
            time.sleep(step / fault.bytes_per_second)

    def _log(self, url: str, status: int) -> None:
        self.server.record(
            Hit(
                url=url,
                path=self.path,
                host=self.headers.get("Host", ""),
                method=self.command,
                status=status,
                at=time.monotonic(),
                user_agent=self.headers.get("User-Agent", ""),
                is_conditional="If-None-Match" in self.headers or "If-Modified-Since" in self.headers,
            )
        )
