"""`hirewire demo`: killed in the middle of its crawl and started again, it ends as if nothing had happened."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

from crawler.newsroom.content import items

if TYPE_CHECKING:
    from pathlib import Path

STORED_BEFORE_KILL = 10  # of the 56 articles


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.11", 0))
        return int(probe.getsockname()[1])


def start(home: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "crawler.cli", "demo", "--port", str(port)],
        env={name: value for name, value in os.environ.items() if not name.startswith("HIREWIRE_")}
        | {"HIREWIRE_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stored(home: Path) -> list[str]:
    database = home / "demo" / "hirewire.db"
    if not database.exists():
        return []
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles'").fetchone():
            return []
        return [url.partition("?utm_")[0] for (url,) in connection.execute("SELECT url FROM articles")]


def test_a_killed_demonstration_is_finished_by_the_next(tmp_path: Path) -> None:
    port = free_port()
    with start(tmp_path, port) as process:
        deadline = time.monotonic() + 90
        while len(stored(tmp_path)) < STORED_BEFORE_KILL and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    expected = sum(item.expected.kind == "article" for item in items())
    assert STORED_BEFORE_KILL <= len(stored(tmp_path)) < expected
    with start(tmp_path, port) as process:
        shown, said = process.communicate(timeout=120)
    assert process.returncode == 0, said[-2000:]
    urls = Counter(stored(tmp_path))
    assert len(urls) == expected
    assert max(urls.values()) == 1
    assert "Meituan" in shown
    assert ".html" in shown, "the digest says where its HTML lies"
