"""Sources as TOML tables, the way a person would write them: only what differs from the default."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from crawler.sources.cadence import CronFields, duration_text
from crawler.sources.reading import read_sources
from crawler.sources.records import Listing, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

# The order of the lines: what it is, where it is, how often, what to expect, its rules.
_ORDER = (
    "id name homepage publisher language country kind timezone paywall feeds sitemaps listing every cron expect enabled "
    "disabled_reason delay_seconds keep_params drop_params outlet_names notes".split()
)
_TABLE = re.compile(r"(?:^#[^\n]*\n)*^\[\[source\]\]", re.MULTILINE)  # with the comment right above it
_WIDTH = 100  # of a list on one line
_ALWAYS = frozenset("id name homepage language country kind timezone".split())


def source_toml(source: Source) -> str:
    """One `[[source]]` table, ending with a newline; reading it gives the same source."""
    lines = ["[[source]]"]
    for name in _ORDER:
        value = getattr(source, name)
        is_default = value == (source.id if name == "publisher" else Source.model_fields[name].default)
        if name in _ALWAYS or not is_default:
            lines.append(f"{name} = {_value(name, value)}")
    return "\n".join(lines) + "\n"


def registry_toml(sources: Iterable[Source], *, heading: str = "") -> str:
    """A whole file of sources, sorted by id; `heading` becomes a comment at its top."""
    tables = [source_toml(source) for source in sorted(sources, key=lambda source: source.id)]
    return "\n".join(([f"# {heading}\n"] if heading else []) + tables)


def with_sources(text: str, added: Iterable[Source], *, name: str = "sources.toml") -> str:
    """The text of a registry file with more sources, each at its place by id where the file is sorted, else at the end.

    Comments and everything else in the file stay as they are.

    Args:
        text: the file as it is; may be empty.
        added: the new sources.
        name: what the file is called in messages.

    Raises:
        RegistryError: the file is at fault, or has a source of one of the ids.
    """
    ids = [each.id for each in read_sources([(name, text.encode())])] if _TABLE.search(text) else []
    for source in sorted(added, key=lambda source: source.id):
        starts = [match.start() for match in _TABLE.finditer(text)]
        place = bisect_right(ids, source.id)
        if len(starts) == len(ids) and ids == sorted(ids) and place < len(ids):
            text = text[: starts[place]] + source_toml(source) + "\n" + text[starts[place] :]
            ids.insert(place, source.id)
        else:
            text = (text.rstrip("\n") + "\n\n" if text.strip() else "") + source_toml(source)
            ids.append(source.id)
    read_sources([(name, text.encode())])
    return text


def _value(name: str, value: Any) -> str:
    if name == "every":
        return _string(duration_text(value))
    if isinstance(value, CronFields):
        return _string(value.text)
    if isinstance(value, Listing):
        given = {key: getattr(value, key) for key in Listing.model_fields if key in value.model_fields_set}
        return "{ " + ", ".join(f"{key} = {_scalar(part)}" for key, part in given.items()) + " }"
    if name == "expect":
        low, high = value.articles_per_week
        return f"{{ articles_per_week = [{low}, {high}] }}"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, tuple):
        return _list(value)
    return _string(value)


def _list(values: tuple[str, ...]) -> str:
    one_line = "[" + ", ".join(map(_string, values)) + "]"
    if len(values) <= 1 or len(one_line) <= _WIDTH:
        return one_line
    return "[\n" + "".join(f"  {_string(value)},\n" for value in values) + "]"


def _string(value: str) -> str:
    if '"' in value and value.isprintable() and "'" not in value:
        return f"'{value}'"
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
