"""`file:` writes each message as a page and as text into a folder, or to one named file."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pipeline.errors import DeliveryError, UsageError

if TYPE_CHECKING:
    from pipeline.delivery.channel import Message

SCHEMES = ("file",)
EXAMPLE = "file:var/digests"
_PLAIN_NAME = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 100


@dataclass(frozen=True)
class FileChannel:
    """A folder that gets `ID.html` and `ID.txt`, or one file by its ending `.html` or `.txt`."""

    path: Path

    def send(self, message: Message) -> str:
        """Write whole files: a reader sees the old or the new, never half of one."""
        if self.path.suffix in {".html", ".txt"}:
            targets = {self.path: message.html if self.path.suffix == ".html" else message.text}
        else:
            stem = self.path / (_PLAIN_NAME.sub("-", message.id).strip(".-")[:_LONGEST_NAME] or "message")
            targets = {stem.with_name(stem.name + ".txt"): message.text}
            if message.html:
                targets = {stem.with_name(stem.name + ".html"): message.html} | targets
        try:
            for target, content in targets.items():
                _write(target, content or message.text)
        except OSError as error:
            reason = error.strerror or str(error)
            raise DeliveryError(f"file channel {self.path}: {reason}", is_permanent=False) from error
        return ", ".join(map(str, targets))


def open_channel(address: str) -> FileChannel:
    """`file:PATH` or `file:///PATH`.

    Raises:
        UsageError: there is no path, or a host.
    """
    parts = urlsplit(address)
    path = unquote(parts.path)
    if not path or parts.netloc not in {"", "localhost"} or "\0" in path:
        raise UsageError(f"{address!r} names no local path", remedy=f"example: {EXAMPLE}")
    return FileChannel(Path(path).expanduser())


def _write(target: Path, content: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
