"""Answers that are no page of text: PDF, pictures, films, archives, data. Read as HTML, their bytes would make an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.page import Page

MAX_BYTES = 10 * 1024 * 1024  # the largest of 280 real pages measured was 3.4 MB
_LOOKED_AT = 4_096  # bytes in which any page of HTML shows a tag
_MAGIC = (
    b"%PDF", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"\x1f\x8b", b"ID3", b"OggS", b"\x7fELF", b"MZ\x90",
    b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!", b"wOFF", b"wOF2", b"fLaC", b"BM\x00", b"\x1aE\xdf\xa3",
)  # fmt: skip
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")  # UTF-16: the one text that holds zero bytes
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|article|section|main|div|p|h[1-6]|table|span|br|a\s)\b",
    re.IGNORECASE,
)
_PAGES = re.compile(r"^(?:text/(?:html|plain|markdown)|application/xhtml\+xml|)$")


def unreadable(page: Page) -> tuple[str, str] | None:
    """The kind and the reason where the answer is too large or no page; None where it can be read as one.

    Servers mislabel: the bytes have the last word, also over `text/html`.
    """
    if len(page.body) > MAX_BYTES:
        return "too-large", f"{len(page.body)} bytes"
    head = page.body[:_LOOKED_AT]
    is_wide = head.startswith(_WIDE_MARKS)
    if head.startswith(_MAGIC) or head[4:8] == b"ftyp" or (b"\x00" in head[:1024] and not is_wide):
        return "not-a-page", f"binary data{_labelled(page)}"
    declared = page.headers.get("content-type", "").partition(";")[0].strip().lower()
    if is_wide or _TAG.search(head) or (_PAGES.match(declared) and head.lstrip()[:1] not in {b"{", b"["}):
        return None
    return None if _TAG.search(page.body) else ("not-a-page", f"no markup{_labelled(page)}")


def _labelled(page: Page) -> str:
    declared = page.headers.get("content-type", "")
    return f", labelled {declared[:60]}" if declared else ""
