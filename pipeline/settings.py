"""The one frozen settings object, read once from the environment and `hirewire.toml` (the environment wins)."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

PREFIX = "HIREWIRE_"
FILE = "hirewire.toml"
EXAMPLES = {
    "database_url": "sqlite:///var/hirewire.db or postgresql+psycopg://user:password@host/name",
    "home": "/srv/hirewire",
    "sources": "my-sources.toml or a folder of such files",
    "allow_private_networks": "127.0.0.0/8,10.1.0.0/16",
    "api_token": "a long random string",
    "contact": "https://example.org/bot or mailto:bot@example.org",
    "archive_days": "365, or unlimited",
    "archive_gb": "20, or 0.5, or unlimited",
}


_NUMBERS = {"archive_days", "archive_gb"}  # may stand in the file without quotes
UNLIMITED = "unlimited"
MOST_DAYS = 36_500  # a century: more, and dates leave the calendar


@dataclass(frozen=True)
class Settings:
    """What a run depends on besides its arguments.

    `home` holds the database, the raw archive and logs. `sources` replaces the built-in registry when set.
    `allow_private_networks` are networks the crawler and webhooks may reach although private. `contact` is the address
    that the user agent names, so that a site's owner can reach whoever runs this. Archived pages are deleted when they are
    older than `archive_days`, the oldest also when all take more than `archive_gb` (of 10^9 bytes); None keeps them.
    """

    home: Path
    database_url: str
    sources: Path | None = None
    allow_private_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    api_token: str | None = None
    contact: str = "https://pypi.org/project/hirewire/"
    archive_days: int | None = 365
    archive_gb: float | None = 20.0

    @cached_property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith("sqlite")

    def __repr__(self) -> str:
        """Leaves out what may hold a secret."""
        return f"Settings(home={str(self.home)!r}, sources={self.sources}, is_sqlite={self.is_sqlite})"


def load_settings(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Read the settings.

    Args:
        environ: the environment; default `os.environ`.
        folder: where `hirewire.toml` and the default `var/` lie; default the working folder.

    Raises:
        SettingsError: a setting is unknown or its value cannot be used; names it, the value and an example.
    """
    environ = os.environ if environ is None else environ
    folder = Path.cwd() if folder is None else folder
    values = _from_file(folder / FILE) | {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environ.items()
        if name.startswith(PREFIX) and value != ""
    }
    for name in values:
        if name not in EXAMPLES:
            raise SettingsError(
                f"unknown setting {PREFIX}{name.upper()}",
                remedy="known settings: " + ", ".join(PREFIX + known.upper() for known in EXAMPLES),
            )
    home = _read(values, "home", lambda value: Path(value).expanduser()) or folder / "var"
    return Settings(
        home=home.absolute(),
        database_url=_read(values, "database_url", _database_url) or f"sqlite:///{home.absolute()}/hirewire.db",
        sources=_read(values, "sources", _existing),
        allow_private_networks=_read(values, "allow_private_networks", _networks) or (),
        api_token=values.get("api_token"),
        contact=_read(values, "contact", _contact) or Settings.contact,
        archive_days=_limit(values, "archive_days", _days, Settings.archive_days),
        archive_gb=_limit(values, "archive_gb", _gigabytes, Settings.archive_gb),
    )


def _from_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{path}: {error}", remedy=f'write lines such as home = "{EXAMPLES["home"]}"') from error
    for name, value in table.items():
        if isinstance(value, int | float) and not isinstance(value, bool) and name.lower() in _NUMBERS:
            table[name] = str(value)
        elif not isinstance(value, str):
            raise SettingsError(
                f"{path}: {name} is {value!r}, not a string", remedy=f"example: {EXAMPLES.get(name, '')}"
            )
    return {name.lower(): value for name, value in table.items()}


def _read(values: Mapping[str, str], name: str, convert: Callable[[str], T]) -> T | None:
    if name not in values:
        return None
    try:
        return convert(values[name])
    except ValueError as error:
        shown = "***" if name == "database_url" else values[name]
        raise SettingsError(
            f"{PREFIX}{name.upper()} = {shown}: {error}", remedy=f"example: {EXAMPLES[name]}"
        ) from error


def _limit(values: Mapping[str, str], name: str, convert: Callable[[str], T], default: T) -> T | None:
    if values.get(name, "").strip().lower() == UNLIMITED:
        return None
    found = _read(values, name, convert)
    return default if found is None else found


def _days(value: str) -> int:
    text = value.strip()
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_DAYS):
        raise ValueError(f"no whole number of days from 1 to {MOST_DAYS}")
    return int(text)


def _gigabytes(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise ValueError("no number of gigabytes above 0")
    return number


def _database_url(value: str) -> str:
    scheme = value.partition(":")[0]
    if scheme in {"sqlite", "sqlite+pysqlite"}:
        return value
    if scheme in {"postgresql", "postgres", "postgresql+psycopg"}:
        return "postgresql+psycopg:" + value.partition(":")[2]
    raise ValueError(f"scheme {scheme!r} is neither sqlite nor postgresql+psycopg")


def _existing(value: str) -> Path:
    path = Path(value).expanduser().absolute()
    if not path.exists():
        raise ValueError("no such file or folder")
    return path


def _networks(value: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())


def _contact(value: str) -> str:
    if not value.startswith(("https://", "http://", "mailto:")):
        raise ValueError("neither a web address nor mailto:")
    return value
