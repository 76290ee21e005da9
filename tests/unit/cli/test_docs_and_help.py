"""The README and the help tell of the same command, and help costs nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli import VERBS, hirewire

README = (Path(__file__).resolve().parents[3] / "README.md").read_text("utf-8")


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_help_and_stands_in_the_readme(verb: str) -> None:
    result = CliRunner().invoke(hirewire, [verb, "--help"])
    assert result.exit_code == 0, result.output
    assert len(result.output.splitlines()) > 3
    assert f"| `hirewire {verb}` | {VERBS[verb][1]} |" in README


def test_every_command_of_the_readme_exists() -> None:
    told = set(re.findall(r"(?:`|bin/)hirewire ([a-z]+)", README))
    assert {"sources", "run"} <= told
    assert told <= set(VERBS)


def test_every_setting_of_the_readme_is_known() -> None:
    from pipeline.settings import EXAMPLES, PREFIX

    told = set(re.findall(r"\| `(HIREWIRE_\w+)` \|", README))
    assert told == {PREFIX + name.upper() for name in EXAMPLES}


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from crawler.cli import main\n"
        "try:\n    main(['--help'])\n"
        "except SystemExit:\n    pass\n"
        "print([name for name in ('scrapy', 'sqlalchemy', 'rich', 'trafilatura', 'pydantic', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"
