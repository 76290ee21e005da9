"""TOML files of sources to a checked `Registry`; all faults are told at once."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from crawler.sources.records import Listing, Registry, Source
from pipeline.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from pipeline.settings import Settings

OWN_FILE = "sources.toml"  # in HIREWIRE_HOME
# What to do about a fault, by the kind pydantic gives it; where the message itself says it, nothing is added.
_REMEDIES = {
    "extra_forbidden": "remove it, or correct its spelling",
    "missing": "add it",
    "bool_type": "write true or false without quotes",
    "string_type": "write text in quotes",
    "string_too_short": "write something between the quotes, or remove the line",
    "tuple_type": 'write a list such as ["…"]',
    "literal_error": "choose one of those",
    "int_type": "write a whole number without quotes",
    "model_type": 'write a table such as { url = "…" }',
}
# In place of pydantic's words.
_MESSAGES = {"extra_forbidden": "there is no such key", "missing": "is missing"}
_KEYS = (*Source.model_fields, *Listing.model_fields)


def load_sources(path: Path | None = None) -> Registry:
    """Read the built-in registry, or the sources of a TOML file or of all TOML files in a folder.

    Args:
        path: the file or folder; None for the built-in registry.

    Raises:
        RegistryError: one line for every fault, with the file, the table and the remedy.
    """
    if path is None:
        return read_sources(_texts(_toml_files(files("crawler.registry"))))
    if not path.exists():
        raise RegistryError(f"{path}: no such file or folder", remedy="name a TOML file of sources or a folder of them")
    found = _toml_files(path) if path.is_dir() else [path]
    if not found:
        raise RegistryError(f"{path}: no TOML file there", remedy="put a file with [[source]] tables into the folder")
    return read_sources(_texts(found))


def sources_of(settings: Settings) -> Registry:
    """The sources that a run watches: those of HIREWIRE_SOURCES alone; without it the built-in registry and the user's own.

    The own ones lie in `sources.toml` in HIREWIRE_HOME. An own table with a built-in id takes the place of the built-in one.

    Raises:
        RegistryError: one line for every fault.
    """
    path = settings.home / OWN_FILE
    if settings.sources is not None or not path.exists() or not path.stat().st_size:
        return load_sources(settings.sources)
    own = load_sources(path)
    return Registry((*(source for source in load_sources() if source.id not in own), *own))


def _toml_files(folder: Traversable | Path) -> list[Any]:
    return sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)


def _texts(found: Iterable[Any]) -> Iterator[tuple[str, bytes | OSError]]:
    for entry in found:
        try:
            yield str(entry), entry.read_bytes()
        except OSError as error:
            yield str(entry), error


def read_sources(texts: Iterable[tuple[str, bytes | OSError]]) -> Registry:
    """Check the sources of several files, given as name and content (or why it could not be read).

    Raises:
        RegistryError: one line for every fault of every file.
    """
    sources: list[Source] = []
    faults: list[str] = []
    places: dict[str, str] = {}
    for name, content in texts:
        for place, outcome in _tables(name, content):
            if not isinstance(outcome, dict):
                faults.append(f"{place}: {outcome}")
                continue
            source_id = outcome.get("id")
            if isinstance(source_id, str) and source_id in places:
                faults.append(f"{place}: id {source_id!r} is taken by {places[source_id]}; choose another")
            elif isinstance(source_id, str):
                places[source_id] = place
            try:
                sources.append(Source.model_validate(outcome))
            except ValidationError as error:
                faults += [f"{place}: {fault}" for fault in faults_of(error)]
    if not sources and not faults:
        faults.append("no [[source]] table in any file; add one")
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise RegistryError("\n".join([f"the table of sources has {count}:", *faults]))
    return Registry(tuple(sources))


def _tables(name: str, content: bytes | OSError) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Every table with its place, or a place with what is wrong there."""
    if isinstance(content, OSError):
        yield name, f"cannot be read ({content.strerror or content}); check its permissions"
        return
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        yield name, f"is not TOML in UTF-8 ({error}); correct that place"
        return
    for key in data.keys() - {"source"}:
        yield name, f"unknown key {key!r}; only [[source]] tables belong here"
    tables = data.get("source", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        yield name, "source is no list of tables; write [[source]] with two brackets"
        return
    for number, table in enumerate(tables, 1):
        source_id = table.get("id")
        label = f"source {source_id!r}" if isinstance(source_id, str) and source_id else f"source number {number}"
        yield f"{name}: {label}", table


def faults_of(error: ValidationError) -> list[str]:
    """What is wrong with a table, a line a field, with the remedy."""
    return [_fault(detail) for detail in error.errors(include_url=False)]


def _fault(detail: ErrorDetails) -> str:
    where = ".".join(map(str, detail["loc"]))
    message = _MESSAGES.get(detail["type"]) or detail["msg"].removeprefix("Value error, ")
    remedy = _REMEDIES.get(detail["type"], "")
    if detail["type"] == "extra_forbidden":
        near = get_close_matches(str(detail["loc"][-1]), _KEYS, n=1)
        remedy += f": did you mean {near[0]}?" if near else f"; known: {', '.join(_KEYS)}"
    text = f"{where}: {message}" if where else message
    return f"{text}; {remedy}" if remedy else text
