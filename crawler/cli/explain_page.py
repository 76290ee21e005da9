"""What `hirewire explain` says of a page that was met: its fate, why it was refused, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.cli.context import Context

Row = dict[str, Any]

# Fates whose name alone does not tell what happened.
_MEANINGS = {
    "bot-wall": "a check for robots came in place of the page",
    "consent": "a page that asks for consent came in its place",
    "login": "it wants a login",
    "paywall-stub": "only a lead is shown to who has not paid",
    "soft-404": "it says that there is no such article",
    "homepage": "it leads to a front page or a list",
    "too-short": "hardly any text was found on it",
    "not-a-page": "it is a document or data, no page of text",
    "too-large": "it is larger than any article",
    "error-page": "an error message came in its place",
    "gone": "the server says that it is gone",
    "empty": "the answer was empty",
    "robots": "robots.txt forbids it; it was not fetched",
    "refused-address": "its address is none that may be reached; it was not fetched",
    "bad-url": "its address is none that can be fetched",
}


def page_lines(page: Row) -> Iterator[str]:
    """What became of the page, why, and when it is asked for again."""
    told = ": ".join(filter(None, (page["fate"] or page["state"], page["detail"])))
    because = "; ".join(filter(None, (_MEANINGS.get(page["detail"], ""), page.get("reason", ""))))
    yield f"page       {told}{f' ({because})' if because else ''}"
    if page.get("archive_file"):
        where = f"{page['archive_file']} at {page['archive_offset']}"
        is_gone = page.get("is_archived") is False
        yield f"archive    {'its answer is no longer kept (HIREWIRE_ARCHIVE_DAYS, HIREWIRE_ARCHIVE_GB)' if is_gone else where}"
    if page["fate"] in {"stored", "revised", "unchanged"}:
        return
    yield f"listed     by {page['source']} on {minute(page['found_at'])}{' as ' + repr(page['title']) if page['title'] else ''}"
    if page["state"] == "due":
        tried = (
            f"after {page['attempts']} attempt{'' if page['attempts'] == 1 else 's'}"
            if page["attempts"]
            else "for the first time"
        )
        yield f"next       asked for {tried} from {minute(page['next_at'])} on, when its source is visited"
    elif page["state"] == "leased":
        yield "next       it is being fetched now"


def minute(instant: str) -> str:
    """An ISO instant to the minute, in UTC."""
    return f"{instant[:16].replace('T', ' ')} UTC"


def is_archived(context: Context, page: Row) -> bool:
    """Whether the page's answer is still in the archive."""
    from crawler.spiders.run import ARCHIVE  # noqa: PLC0415 - start-up time of --help

    return bool(page["archive_file"]) and (context.settings.home / ARCHIVE / page["archive_file"]).is_file()


def refusal_reason(context: Context, page: Row) -> str:
    """Why a page is refused, by the archived answer looked at again; empty where that is gone or would pass today."""
    if not page["archive_file"]:
        return ""
    from crawler.archive import read_at  # noqa: PLC0415 - start-up time of --help
    from crawler.extraction import extract  # noqa: PLC0415
    from crawler.spiders.run import ARCHIVE  # noqa: PLC0415
    from pipeline.document import Rejected  # noqa: PLC0415
    from pipeline.errors import InputError  # noqa: PLC0415

    try:
        answer = read_at(context.settings.home / ARCHIVE, page["archive_file"], page["archive_offset"])
    except InputError:
        return ""
    judged = extract(answer, context.registry.get(page["source"]))
    return (
        judged.reason
        if isinstance(judged, Rejected)
        else "a look at the archived answer finds an article today: hirewire reprocess stores it"
    )
