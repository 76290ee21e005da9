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
}


@dataclass(frozen=True)
class Settings:
    """What a run depends on besides its arguments.

    `home` holds the database, the raw archive and logs. `sources` replaces the built-in registry when set.
    `allow_private_networks` are networks the crawler and webhooks may reach although private. `contact` is the address
    that the user agent names, so that a site's owner can reach whoever runs this.
    """

    home: Path
    database_url: str
    sources: Path | None = None
    allow_private_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    api_token: str | None = None
    contact: str = "https://pypi.org/project/hirewire/"

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
    )


def _from_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{path}: {error}", remedy=f'write lines such as home = "{EXAMPLES["home"]}"') from error
    for name, value in table.items():
        if not isinstance(value, str):
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
