"""What a path of the command line may hold, told by its name; nothing is read here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# One article is never this large; the largest of 280 real pages measured was 3.4 MB.
MAX_BYTES = 10 * 1024 * 1024
HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
TEXT_SUFFIXES = {".txt", ".md", ".markdown", ".text"}
LINES_SUFFIXES = {".jsonl", ".ndjson"}
WARC_SUFFIXES = (".warc", ".warc.gz")


def files_below(path: Path) -> Iterator[Path]:
    """The path itself, or every file below a folder in order of name; hidden ones are left out."""
    if not path.is_dir():
        yield path
        return
    for below in sorted(path.rglob("*")):
        is_hidden = any(part.startswith(".") for part in below.relative_to(path).parts)
        if below.is_file() and not is_hidden:
            yield below
