from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.children import environment
from pipeline.errors import SettingsError
from pipeline.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_defaults_lie_below_the_working_folder(tmp_path: Path) -> None:
    settings = load_settings({}, tmp_path)
    assert settings.home == tmp_path / "var"
    assert settings.database_url == f"sqlite:///{tmp_path}/var/hirewire.db"
    assert settings.allow_private_networks == ()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "hirewire.toml").write_text('home = "/from/file"\ncontact = "https://file.example/"\n')
    settings = load_settings({"HIREWIRE_HOME": "/from/environment"}, tmp_path)
    assert str(settings.home) == "/from/environment"
    assert settings.contact == "https://file.example/"


def test_postgresql_uses_psycopg_three(tmp_path: Path) -> None:
    settings = load_settings({"HIREWIRE_DATABASE_URL": "postgresql://u:p@h/d"}, tmp_path)
    assert settings.database_url == "postgresql+psycopg://u:p@h/d"
    assert not settings.is_sqlite


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("HIREWIRE_DATABASE_URL", "mysql://root:hunter2@h/d", "neither sqlite nor postgresql"),
        ("HIREWIRE_ALLOW_PRIVATE_NETWORKS", "127.0.0.0/99", "127.0.0.0/99"),
        ("HIREWIRE_SOURCES", "/no/such/file.toml", "no such file"),
        ("HIREWIRE_CONTACT", "me", "neither a web address"),
        ("HIREWIRE_ARCHIVE_DAYS", "0", "whole number of days"),
        ("HIREWIRE_ARCHIVE_DAYS", "1.5", "whole number of days"),
        ("HIREWIRE_ARCHIVE_DAYS", "99999", "whole number of days"),
        ("HIREWIRE_ARCHIVE_GB", "20 GB", "number of gigabytes"),
        ("HIREWIRE_ARCHIVE_GB", "nan", "number of gigabytes"),
        ("HIREWIRE_ARCHIVE_GB", "-1", "number of gigabytes"),
        ("HIREWIRE_COLOUR", "blue", "unknown setting"),
    ],
)
def test_a_bad_setting_is_named_with_an_example(tmp_path: Path, name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({name: value}, tmp_path)
    assert name in caught.value.message
    assert said in caught.value.message
    assert caught.value.remedy
    assert "hunter2" not in str(caught.value)


def test_the_archive_is_bounded_unless_it_is_said_otherwise(tmp_path: Path) -> None:
    assert (load_settings({}, tmp_path).archive_days, load_settings({}, tmp_path).archive_gb) == (365, 20)
    (tmp_path / "hirewire.toml").write_text("archive_days = 30\narchive_gb = 0.5\n")
    assert (load_settings({}, tmp_path).archive_days, load_settings({}, tmp_path).archive_gb) == (30, 0.5)
    free = load_settings({"HIREWIRE_ARCHIVE_DAYS": "unlimited", "HIREWIRE_ARCHIVE_GB": "Unlimited"}, tmp_path)
    assert (free.archive_days, free.archive_gb) == (None, None)


@pytest.mark.parametrize("days", ["7", "unlimited"])
def test_a_child_reads_the_same_settings(tmp_path: Path, days: str) -> None:
    settings = load_settings({"HIREWIRE_HOME": "/srv/x", "HIREWIRE_ARCHIVE_DAYS": days}, tmp_path)
    assert load_settings(environment(settings), tmp_path / "elsewhere") == settings


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "hirewire.toml").write_text("home = \n")
    with pytest.raises(SettingsError, match=r"hirewire\.toml"):
        load_settings({}, tmp_path)


def test_no_secret_is_shown(tmp_path: Path) -> None:
    settings = load_settings(
        {"HIREWIRE_DATABASE_URL": "postgresql://u:hunter2@h/d", "HIREWIRE_API_TOKEN": "s3cret"}, tmp_path
    )
    assert "hunter2" not in repr(settings)
    assert "s3cret" not in repr(settings)
