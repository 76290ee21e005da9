"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest


def find_shared() -> Path | None:
    """The folder of evaluation texts that may lie beside a checkout; None where it is absent."""
    for folder in Path(__file__).resolve().parents:
        if (folder / "shared" / "gold").is_dir():
            return folder / "shared"
    return None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The evaluation texts; the test is skipped where they are absent."""
    folder = find_shared()
    if folder is None:
        pytest.skip("the folder of evaluation texts (shared/) is not beside this checkout")
    return folder
