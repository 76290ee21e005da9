"""Identity of an article: its canonical URL and the id made of it.

Trackers go, article ids stay (WeChat's `__biz, mid, idx, sn` above all), and http/https, `www.`, `m.`, AMP variants and
default ports of one article give one key.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from w3lib.url import canonicalize_url, url_query_cleaner

if TYPE_CHECKING:
    from collections.abc import Collection

# Parameters that only say where a reader came from. Exact names, then prefixes; nothing that any site uses for ids.
TRACKERS = frozenset(
    "fbclid gclid gclsrc dclid msclkid igshid yclid twclid ttclid li_fat_id mc_cid mc_eid mkt_tok spm scm share_token "
    "wt_mc wt_zmc xtor ns_mchannel ns_source ns_campaign cmpid ncid smid sref _hsenc _hsmi vero_id oly_enc_id "
    "oly_anon_id ref_src ref_url __twitter_impression guccounter guce_referrer guce_referrer_sig".split()
)
TRACKER_PREFIXES = ("utm_", "pk_", "mtm_", "at_campaign", "at_medium")
_HOST_VARIANT = re.compile(r"^(?:www\d?|m|mobile|amp|wap)\.(?=[^.]+\.)")
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\u3000]")
_AMP_PATH = re.compile(r"/amp/?$|^/amp(?=/)")


def check_url(url: str) -> str:
    """The URL, if it is an absolute http(s) address without credentials, spaces or control characters.

    Raises:
        ValueError: it is not; the message says why.
    """
    if _UNPRINTABLE.search(url):
        raise ValueError(f"{url!r} holds spaces or control characters; write them percent-encoded")
    parts = urlsplit(url)  # raises ValueError for a broken IPv6 address
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{url!r} is no absolute http(s) address; example: https://example.org/feed")
    if parts.username is not None or parts.password is not None:
        raise ValueError(f"{parts.hostname}: an address must not hold a user name or password")
    if parts.port == 0:  # the property raises ValueError beyond 65535
        raise ValueError(f"{url!r} has port 0")
    return url


def canonical_url(url: str, *, keep: Collection[str] = (), drop: Collection[str] = ()) -> str:
    """The URL an article is known by: https, no fragment, no trackers, sorted parameters, no default port.

    Args:
        url: absolute http or https URL.
        keep: parameters the source's table protects; when given, all others go.
        drop: parameters the source's table drops besides the known trackers.

    Raises:
        ValueError: the URL is not absolute http(s).
    """
    parts = urlsplit(url.strip())
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"not an absolute http(s) URL: {url!r}")
    if keep:
        url = url_query_cleaner(url, tuple(keep))
    parts = urlsplit(canonicalize_url(url.strip()))
    host = (parts.hostname or "").rstrip(".")
    port = f":{parts.port}" if parts.port and parts.port not in {80, 443} else ""
    query = "&".join(
        pair for pair in parts.query.split("&") if pair and not _is_tracker(pair.partition("=")[0].lower(), drop)
    )
    return urlunsplit(("https", host + port, parts.path or "/", query, ""))


def _is_tracker(name: str, drop: Collection[str]) -> bool:
    return name in TRACKERS or name.startswith(TRACKER_PREFIXES) or name in drop


def identity_key(url: str) -> str:
    """The canonical URL with the variants of one page folded together: `www.`, `m.`, AMP, a trailing slash."""
    parts = urlsplit(canonical_url(url))
    host = _HOST_VARIANT.sub("", parts.netloc)
    path = _AMP_PATH.sub("", parts.path).rstrip("/") or "/"
    query = "&".join(pair for pair in parts.query.split("&") if pair not in {"amp=1", "amp=", "outputType=amp"})
    return urlunsplit(("https", host, path, query, ""))


def article_id(url: str) -> str:
    """Stable id of the article behind a canonical URL: 16 hex digits of the SHA-256 of its identity key."""
    return hashlib.sha256(identity_key(url).encode()).hexdigest()[:16]
