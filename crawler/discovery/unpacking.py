"""Bytes to text: bounded decompression, charset, and the characters that no text needs."""

from __future__ import annotations

import codecs
import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31  # zlib's window size with a gzip header
_LAYERS = 2  # some servers compress a .gz file once more
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HTTP_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""^[^<]{0,100}<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]{2,40})""", re.IGNORECASE)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
# Read as their supersets: pages declared gb2312 hold characters that only gb18030 has, and so on.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
}
# What a source's language is usually written in where it is not UTF-8.
_USUAL = {"zh-Hans": "gb18030", "zh-Hant": "big5hkscs", "zh": "gb18030", "ja": "cp932", "ko": "cp949"}
_FEW_BROKEN = 0.01  # share of broken characters below which a text is damaged UTF-8, not another charset
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class TooLargeError(ValueError):
    """The bytes unpack to more than allowed."""


def unpack(body: bytes, limit: int) -> tuple[bytes, bool]:
    """Undo gzip, if it is gzip, and say whether the end is missing.

    A `.gz` that is no gzip comes back as it is; a cut one gives what is there.

    Raises:
        TooLargeError: the bytes are, or unpack to, more than `limit`; found before they are unpacked.
    """
    is_cut = False
    for _ in range(_LAYERS):
        if not body.startswith(_GZIP):
            break
        body, is_layer_cut = _gunzip(body, limit)
        is_cut = is_cut or is_layer_cut
    if len(body) > limit:
        raise TooLargeError(f"more than {limit} bytes")
    return body, is_cut


def _gunzip(body: bytes, limit: int) -> tuple[bytes, bool]:
    chunks: list[bytes] = []
    size = 0
    while body.startswith(_GZIP):  # gzip files may be several members in a row
        stream = zlib.decompressobj(_GZIP_WINDOW)
        try:
            chunk = stream.decompress(body, limit + 1 - size)
        except zlib.error:
            return b"".join(chunks), True
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            raise TooLargeError(f"unpacks to more than {limit} bytes")
        if not stream.eof:
            return b"".join(chunks), True
        body = stream.unused_data
    return b"".join(chunks), False


def decode(body: bytes, content_type: str = "", language: str | None = None) -> str:
    """Text of the bytes; never fails, broken bytes become U+FFFD.

    Order: byte-order mark; UTF-8 where the bytes are valid UTF-8, which text in another charset almost never is; HTTP
    header; declaration in the document. A declaration that the bytes contradict gives way to the next, and at last to
    what the source's `language` is usually written in.
    """
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    if body.startswith((b"<\0", b"\0<")):  # UTF-16 without its mark
        return body.decode("utf-16-le" if body[0] else "utf-16-be", "replace")
    declared = list(dict.fromkeys(_declared(body, content_type)))
    utf8 = _strictly(body, "utf-8")
    if utf8 is not None and not body.isascii():
        return utf8
    replaced = body.decode("utf-8", "replace")
    is_damaged_utf8 = replaced.count("�") <= _FEW_BROKEN * len(replaced)
    candidates = [*declared, "utf-8"] if is_damaged_utf8 else [*declared, "utf-8", _USUAL.get(language or "", "utf-8")]
    for charset in candidates:
        if (text := _strictly(body, charset)) is not None:
            return text
    return replaced if is_damaged_utf8 or not declared else body.decode(declared[0], "replace")


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    head = body[:4096]
    names = _HTTP_CHARSET.findall(content_type)
    names += [
        name.decode("ascii", "replace") for pattern in (_XML_CHARSET, _META_CHARSET) for name in pattern.findall(head)
    ]
    for name in names:
        try:
            codec = codecs.lookup(name).name
            "".encode(codec)  # bytes-to-bytes codecs such as "zip" are no charsets
        except (LookupError, TypeError, ValueError):
            continue
        yield _SUPERSETS.get(codec, codec)


def _strictly(body: bytes, charset: str) -> str | None:
    """The text, or None if the bytes are not of that charset; a character cut off at the end is no fault."""
    try:
        return codecs.getincrementaldecoder(charset)("strict").decode(body)
    except (UnicodeDecodeError, LookupError, TypeError):
        return None


def without_controls(text: str) -> str:
    """The text without control characters (but tab and line ends), lone surrogates and non-characters."""
    return _CONTROLS.sub("", text)
