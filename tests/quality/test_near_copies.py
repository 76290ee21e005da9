"""Floors of near copies as users meet them: texts go in by `hirewire ingest`, the marks are read from `hirewire articles`.

Each text is stored with some of its copies, from several outlets and days, among templated series that are no copies.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crawler.cli import main
from tests.quality.near_copies import KINDS, Syndicator, Text
from tests.quality.templates import series, templates

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.quality

Row = dict[str, Any]
# A teaser of 60% between as much of something else is hard to tell from two texts in one frame, and counts in the sum alone.
HARD = "wrapped and truncated"


@dataclass
class Newsroom:
    """Documents for one ingest, with the group and kind of each."""

    dice: random.Random
    documents: list[Row] = field(default_factory=list)
    group: dict[str, str] = field(default_factory=dict)
    kind: dict[str, str] = field(default_factory=dict)

    def add(self, text: Text, group: str, kind: str, day: int) -> None:
        url = f"https://outlet{self.dice.randrange(12)}.example/{day}/{len(self.documents)}.html"
        at = f"2026-06-{day:02}T{self.dice.randrange(24):02}:00:00Z"
        self.documents.append({"id": url, "url": url, "title": text.title, "text": text.body, "published_at": at})
        self.group[url], self.kind[url] = group, kind

    def add_copied(self, texts: Sequence[Text], copies: int) -> None:
        pieces = {"en": r"\b[a-z]{3,}\b", "zh": r"[\u3400-\u9fff]{2}"}
        words: dict[str, Sequence[str]] = {
            tongue: sorted({word for text in texts if text.tongue == tongue for word in re.findall(piece, text.body)})
            for tongue, piece in pieces.items()
        }
        syndicator = Syndicator(self.dice, words)
        for at, text in enumerate(texts):
            day = self.dice.randint(3, 20)
            self.add(text, f"text{at}", "original", day)
            for kind in self.dice.sample(sorted(KINDS), copies):
                self.add(KINDS[kind](syndicator, text), f"text{at}", kind, day + self.dice.randint(0, 5))

    def add_series(self, size: int) -> None:
        for template in templates():
            for at, text in enumerate(series(template, self.dice, size)):
                kind = f"series {template['kind']}"
                self.add(text, f"{kind} {template['tongue']} {at}", kind, self.dice.randint(3, 20))


@dataclass
class Outcome:
    """What of the copies was marked, by kind, and which marks are wrong."""

    precision: float
    recall: float
    by_kind: dict[str, float]
    wrong_series: int


def judge(room: Newsroom, folder: Path, capsys: pytest.CaptureFixture[str]) -> Outcome:
    room.dice.shuffle(room.documents)
    (folder / "in.jsonl").write_text("\n".join(json.dumps(each) for each in room.documents), encoding="utf-8")
    for arguments in (["ingest", str(folder / "in.jsonl")], ["articles", "--format", "jsonl", "--limit", "100000"]):
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert not left.value.code
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    url = {row["id"]: row["url"] for row in rows}
    original = {row["url"]: url.get(row["duplicate_of"], row["url"]) for row in rows}
    marks = [(row["url"], original[row["url"]]) for row in rows if row["duplicate_kind"] in {"exact", "near"}]
    wrong = [pair for pair in marks if room.group[pair[0]] != room.group[pair[1]]]
    cluster_of = {room.group[each]: original[each] for each, kind in room.kind.items() if kind == "original"}
    seen: defaultdict[str, list[bool]] = defaultdict(list)
    for each, kind in room.kind.items():
        if kind in KINDS:
            seen[kind].append(original[each] == cluster_of[room.group[each]])
    wanted = sum(count - 1 for count in Counter(room.group.values()).values())
    return Outcome(
        precision=1 - len(wrong) / len(marks),
        recall=(len(marks) - len(wrong)) / wanted,
        by_kind={kind: sum(found) / len(found) for kind, found in seen.items()},
        wrong_series=sum(any(room.kind[each].startswith("series") for each in pair) for pair in wrong),
    )


def own_texts() -> list[Text]:
    table = tomllib.loads(Path(__file__).with_name("articles.toml").read_text(encoding="utf-8"))
    return [
        Text(row["title"], "\n".join(row["paragraphs"]), row["language"][:2])
        for row in table["article"]
        if row["language"][:2] in {"en", "zh"}
    ]


def lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def real_texts(shared: Path) -> list[Text]:
    """Web pages, news items, and of translations one side: from 140 characters to 6,000."""
    found = [
        Text(row["title"] or "", (row["truth"] or "")[:6000], "en") for row in lines(shared / "data/pages/index.jsonl")
    ]
    for at, row in enumerate(lines(shared / "data/translations.jsonl")):
        if row["kind"] != "machine":
            side, tongue = (row["src"], "zh") if at % 2 else (row["tgt"], "en")
            title, _, body = side.partition("\n")
            found.append(Text(title, body, tongue) if body and len(title) <= 160 else Text("", side, tongue))
    items = [row for row in lines(shared / "gold/dev.jsonl") if row["lang"][:2] in {"en", "zh"}]
    found += [Text(row["title"] or "", row["text"], row["lang"][:2]) for row in items]
    return [text for text in found if len(text.body) >= (140 if text.tongue == "en" else 60)]


def test_copies_of_real_texts(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HIREWIRE_HOME", str(tmp_path / "home"))
    room = Newsroom(random.Random(17))
    room.add_copied(room.dice.sample(real_texts(shared), 300), copies=2)
    room.add_series(8)
    outcome = judge(room, tmp_path, capsys)
    assert outcome.precision >= 0.99
    assert outcome.recall >= 0.97
    assert {kind: share for kind, share in outcome.by_kind.items() if share < 0.93 and kind != HARD} == {}
    assert outcome.wrong_series <= 2


def test_copies_of_own_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HIREWIRE_HOME", str(tmp_path / "home"))
    room = Newsroom(random.Random(5))
    room.add_copied(own_texts(), copies=len(KINDS))
    room.add_series(8)
    outcome = judge(room, tmp_path, capsys)
    assert outcome.precision >= 0.99
    assert outcome.recall >= 0.97
    assert outcome.wrong_series <= 2
