"""The contracts of import-linter fail when a floor is broken: shown on a copy of the packages with one bad import each."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as c; c()"
    command = [sys.executable, "-c", code, "--no-cache", "--config", "pyproject.toml"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("floors")
    for package in ("crawler", "pipeline"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_floors_hold(copied: Path) -> None:
    done = lint(copied)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "bad_import", "contract"),
    [
        ("pipeline/urls.py", "import crawler.page", "The pipeline knows nothing of the web"),
        ("pipeline/document.py", "import pipeline.run", "Floors of the pipeline"),
        ("crawler/page.py", "import crawler.sources", "Floors of the crawler"),
        (
            "pipeline/stages/players/__init__.py",
            "import pipeline.stages.hiring",
            "Stages are independent of each other",
        ),
        ("crawler/intake.py", "import sqlalchemy", "Only store and search speak SQL"),
        ("crawler/handover.py", "import trafilatura", "Only extraction knows trafilatura"),
    ],
)
def test_a_broken_floor_is_found(copied: Path, module: str, bad_import: str, contract: str) -> None:
    path = copied / module
    before = path.read_text("utf-8")
    try:
        path.write_text(before + f"\n{bad_import}\n", "utf-8")
        done = lint(copied)
    finally:
        path.write_text(before, "utf-8")
    assert done.returncode == 1
    assert f"{contract} BROKEN" in " ".join(done.stdout.split())
