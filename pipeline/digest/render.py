"""A digest as text and as HTML that mail programs show: inline styles, no scripts, no pictures, links to the web alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

if TYPE_CHECKING:
    from pipeline.digest.records import Digest

LANGUAGES = {
    "en": "EN", "zh-Hans": "中文(简)", "zh-Hant": "中文(繁)", "zh": "中文", "ja": "日本語", "ko": "한국어", "de": "DE", "fr": "FR", "es": "ES",
}  # fmt: skip
KINDS = {
    "original": ("original", "原文"),
    "translation": ("translation", "译文"),
    "copy": ("copy", "转载"),
    "report": ("report", "报道"),
}
WORDS = {
    "en": {"changed": "Update", "rumour": "Rumour", "denied": "Denied", "late": "Late", "more": "and {} more", "none": "Nothing new.",
           "new": "new story", "news": "new stories", "since": "since {}"},
    "zh": {"changed": "更新", "rumour": "传闻", "denied": "已否认", "late": "迟到", "more": "另有 {} 条", "none": "没有新消息。",
           "new": "条新消息", "news": "条新消息", "since": "{} 以来"},
}  # fmt: skip


def render_text(digest: Digest) -> str:
    """The digest as plain text, ending with a newline."""
    return _environment().get_template("digest.txt").render(_values(digest)).strip() + "\n"


def render_html(digest: Digest) -> str:
    """The digest as one HTML document."""
    return _environment().get_template("digest.html").render(_values(digest))


def subject(digest: Digest) -> str:
    """A line for a mail's subject: the title, how many stories, and of whom."""
    if not digest.groups:
        return f"{digest.title}: {WORDS[digest.language]['none']}"
    names = [group.name.zh if digest.language == "zh" else group.name.en for group in digest.groups]
    shown = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")  # noqa: PLR2004 - what a subject line has room for
    return f"{digest.title}: {digest.stories} ({shown})"


def _values(digest: Digest) -> dict[str, Any]:
    zone = ZoneInfo(digest.timezone)
    return {
        "digest": digest,
        "words": WORDS[digest.language],
        "is_zh": digest.language == "zh",
        "made": f"{digest.created_at.astimezone(zone):%Y-%m-%d %H:%M}",
        "since": f"{digest.since.astimezone(zone):%Y-%m-%d %H:%M}" if digest.since else "",
        "languages": LANGUAGES,
        "kinds": {kind: names[digest.language == "zh"] for kind, names in KINDS.items()},
    }


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("pipeline.digest"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
