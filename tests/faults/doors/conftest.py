"""The command, called as users call it, but in the test's own process."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from crawler.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., "Said"]


@dataclass
class Said:
    """How a call of the command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Calls the command with a home of its own; keyword arguments are settings without their prefix.

    What the command does not catch fails the test: users would see a traceback.
    """

    def call(*args: str, stdin: str = "", **settings: str) -> Said:
        with monkeypatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("HIREWIRE_")]:
                patch.delenv(name)
            for name, value in ({"home": str(tmp_path / "var")} | settings).items():
                patch.setenv(f"HIREWIRE_{name.upper()}", value)
            patch.chdir(tmp_path)
            patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
            with pytest.raises(SystemExit) as left:
                main(list(args))
        written = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Said(left.value.code, written.out, written.err)

    return call
