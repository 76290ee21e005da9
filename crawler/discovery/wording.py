"""Titles, names and summaries as feeds write them, made plain."""

from __future__ import annotations

import html
import re

from crawler.discovery.unpacking import without_controls

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|mark|p|q|s|small|span|strike|strong|sub|sup|tt|u)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<(?:[a-zA-Z/!][^<>]*)>")
_SPACES = re.compile(r"\s+")
_LONGEST_TITLE = 500
_LONGEST_SUMMARY = 500


def plain_title(raw: str) -> str:
    """A headline as a reader should see it: entities escaped twice are undone, inline tags go, spaces collapse."""
    return _collapse(_INLINE_TAG.sub("", _unescape(raw)))[:_LONGEST_TITLE]


def plain_summary(raw: str) -> str:
    """The start of a summary without markup."""
    # A summary's markup is of no use to anyone: what lies beyond some multiple of the kept length is not looked at.
    text = _ANY_TAG.sub(" ", raw[: 20 * _LONGEST_SUMMARY])
    return _collapse(_unescape(text))[:_LONGEST_SUMMARY]


def _unescape(text: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match.group()), text)


def _collapse(text: str) -> str:
    return _SPACES.sub(" ", without_controls(text)).strip()
