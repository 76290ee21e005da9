"""How long the tagger takes for a 5 kB article with the whole registry, beside bare matchers of the same names.

The peers only find strings: no boundaries for glued words, no context, no reasons, no offsets behind folding. They run in
an environment of their own, which `make bench-tagger` makes; where it is absent, hirewire is measured alone. Measured on
one core of a shared server: hirewire 0.28 ms, flashtext2 0.13, pyahocorasick 0.18, spaCy's EntityRuler 0.73; for a text of
nothing but names, one in 45 characters, hirewire took 1.0 ms.

    python tests/benchmarks/test_tagger_speed.py [--peers PYTHON]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import venv
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.document import Article, Document, Language
from pipeline.knowledge.players import load_players
from pipeline.stages.players import PlayersStage

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
PEERS_PYTHON = ROOT / "var" / "tagger-peers" / "bin" / "python"
PEERS = ("flashtext2", "pyahocorasick", "spacy")
PEER_SECONDS = 240
PEER_CODE = r"""
import json, sys, time
told = json.load(sys.stdin)
names, text = told["names"], told["text"]
def flashtext2():
    from flashtext2 import KeywordProcessor
    processor = KeywordProcessor(case_sensitive=False)
    for name in names: processor.add_keyword(name)
    return lambda: processor.extract_keywords_with_span(text)
def pyahocorasick():
    from ahocorasick import Automaton
    automaton = Automaton()
    for name in names: automaton.add_word(name.lower(), name)
    automaton.make_automaton()
    lowered = text.lower()
    return lambda: list(automaton.iter(lowered))
def entity_ruler():
    import spacy
    blank = spacy.blank("en")
    blank.add_pipe("entity_ruler").add_patterns([{"label": "PLAYER", "pattern": name} for name in names])
    return lambda: blank(text)
def best_ms(call):
    rounds = []
    for _ in range(15):
        start = time.process_time_ns()
        for _ in range(10): call()
        rounds.append((time.process_time_ns() - start) / 10 / 1e6)
    return min(rounds)
times = {}
for label, make in (("flashtext2", flashtext2), ("pyahocorasick", pyahocorasick), ("spaCy EntityRuler", entity_ruler)):
    try: call = make()
    except ImportError: continue
    times[label] = best_ms(call)
json.dump(times, sys.stdout)
"""
ARTICLE_CHARACTERS = 5000
# What a reader waits for the article; a text of names alone takes 1.0 ms.
LIMIT_MS = 1.0
FILLER = (
    "The people who build such systems are few, and those who have built one before are fewer still. Recruiters call "
    "them at home, and their managers learn of the offer from the letter of resignation. What counts is not the title."
)


def article_text(filler: str = FILLER) -> str:
    """5,000 characters: names of every kind in running text, about one in 260 characters, as news has them."""
    sentences = [
        sentence
        for player in list(load_players().players.values())[:: 7 if filler else 1]
        for sentence in player.examples[:1]
        if sentence.isascii()
    ]
    lines = [f"{sentence} {filler}" for sentence in sentences]
    return "\n".join(lines)[:ARTICLE_CHARACTERS]


def best_ms(call: Callable[[], Any]) -> float:
    """The best of several rounds in processor time: other programs on the machine do not count."""
    rounds = []
    for _ in range(15):
        start = time.process_time_ns()
        for _ in range(10):
            call()
        rounds.append((time.process_time_ns() - start) / 10 / 1e6)
    return min(rounds)


def peer_times(python: Path, names: list[str], text: str) -> dict[str, float]:
    """Milliseconds of each peer that is installed beside `python`; none where that does not exist."""
    if not python.exists():
        return {}
    told = json.dumps({"names": names, "text": text})
    ran = subprocess.run(
        [python, "-c", PEER_CODE], input=told, capture_output=True, text=True, check=True, timeout=PEER_SECONDS
    )
    times: dict[str, float] = json.loads(ran.stdout)
    return times


def as_article(text: str) -> Article:
    """The text as an article in English."""
    document = Document(
        id="x", url="u", canonical_url="u", title="", text=text, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    return Article(document=document, language=Language(tag="en", method="script", confidence=1.0))


def table(python: Path = PEERS_PYTHON) -> tuple[list[str], int, float]:
    """The lines to show, how many players were found, and our milliseconds."""
    text = article_text()
    article, dense = as_article(text), as_article(article_text(filler=""))
    stage = PlayersStage()
    found = stage.tag(article)
    ours = best_ms(lambda: stage.tag(article))
    names = sorted(
        {name for p in load_players().players.values() for name in (*p.names, *(n for m in p.models for n in m.names))}
    )
    mentions = sum(len(tag.mentions) for tag in found.players)
    theirs = peer_times(python, names, text) or {f"(no peers: make bench-tagger installs {', '.join(PEERS)})": 0.0}
    lines = [
        f"{len(text)} characters, {len(names)} names, {len(found.players)} players in {mentions} mentions",
        f"{'hirewire: tags, context, reasons':36s} {ours:7.3f} ms",
        f"{'  the same, a text of names alone':36s} {best_ms(lambda: stage.tag(dense)):7.3f} ms",
        *(f"{peer + ': bare matches':36s} {ms:7.3f} ms" if ms else peer for peer, ms in theirs.items()),
    ]
    return lines, len(found.players), ours


@pytest.mark.benchmark
def test_a_5_kb_article_takes_at_most_a_millisecond(capsys: pytest.CaptureFixture[str]) -> None:
    lines, found, ours = table()
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert found >= 10
    assert ours <= LIMIT_MS


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, default=PEERS_PYTHON, help="a Python that has them")
    parser.add_argument("--install", action="store_true", help="make the environment of the peers first")
    options = parser.parse_args()
    if options.install and not options.peers.exists():
        venv.create(PEERS_PYTHON.parents[1], with_pip=True)
        pip = [str(PEERS_PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", *PEERS]
        subprocess.run(pip, check=True)
    sys.stdout.write("\n".join(table(options.peers)[0]) + "\n")
