"""Text and links of strangers made safe to show: no invisible characters, only web links, and the host they really go to."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from urllib.parse import urlsplit

from tldextract import TLDExtract

from pipeline.urls import check_url

# Bidirectional controls turn a shown address or sentence around; zero-width characters hide in it.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff\ud800-\udfff]"
)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_ELLIPSIS = "…"


def visible(text: str, limit: int = 300) -> str:
    """One line of what a reader may see: no controls, bidi marks or zero-width characters; cut at `limit` characters."""
    text = _INVISIBLE.sub("", text)
    text = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text)
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + _ELLIPSIS


def web_link(url: str) -> str:
    """The URL, if it is plain http(s) without credentials; else nothing, so that no link is made."""
    try:
        return check_url(url)
    except ValueError:
        return ""


def registrable_host(url: str) -> str:
    """The domain that someone registered behind the link, in ASCII (look-alike letters show as xn--), or the address."""
    host = (urlsplit(url).hostname or "").rstrip(".") if url else ""
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return host.encode("ascii", "backslashreplace").decode("ascii")
    known = _extract()(host)
    if known.suffix or known.ipv4 or known.ipv6:
        return known.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])


@cache
def _extract() -> TLDExtract:
    # The list of suffixes that ships with the package: nothing is fetched or cached on disk.
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def language_tag(tag: str) -> str:
    """The tag, if it has the form of one; else `und`."""
    return tag if _TAG.fullmatch(tag) else "und"
