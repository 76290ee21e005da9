"""Stories are drawn from a set of articles: the same whatever the order, on SQL and in the twin alike."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.document import Relation
from pipeline.memory import Constraint, trace
from pipeline.stages.stories import (
    constrain,
    forget_article,
    linked_stories,
    merge_stories,
    split_story,
)
from pipeline.stages.stories.derivation import derive
from pipeline.stages.stories.summary import summarise
from pipeline.store.database import writing
from pipeline.store.relation_search import age_out
from pipeline.store.relations import SqlMemory, lineage
from tests.unit.relations.newswire import (
    HARBOUR_EN,
    HARBOUR_REPORT,
    NOON,
    article,
    filler,
)
from tests.unit.relations.rooms import HOUR, IDS, NEWS, Room

if TYPE_CHECKING:
    from collections.abc import Iterable


TOLD = {frozenset({"en", "zh", "copy", "report"}), frozenset({"cherries", "yingtao"}), frozenset({"else"})}


def test_one_event_is_one_story_with_its_original(room: Room) -> None:
    room.file(*NEWS.values())
    assert room.stories() == TOLD
    marks = room.marks()
    assert {name: (marks[IDS[name]].duplicate_of, marks[IDS[name]].duplicate_kind) for name in NEWS} == {
        "en": (None, None),
        "zh": (IDS["en"], "translation"),
        "copy": (IDS["en"], "near"),
        "report": (None, None),
        "cherries": (None, None),
        "yingtao": (IDS["cherries"], "translation"),
        "else": (None, None),
    }
    assert marks[IDS["zh"]].story_id == IDS["en"]


def test_every_order_gives_the_same_marks(room: Room) -> None:
    articles = list(NEWS.values())
    random.Random(4).shuffle(articles)
    room.file(*articles)
    straight = Room(None)
    straight.file(*NEWS.values())
    assert room.marks() == straight.marks()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(order=st.permutations(sorted(NEWS)), again=st.lists(st.sampled_from(sorted(NEWS)), max_size=4))
def test_neither_order_nor_repetition_matters(order: list[str], again: list[str]) -> None:
    one, other = Room(None), Room(None)
    one.file(*NEWS.values())
    other.file(*(NEWS[name] for name in order + again))
    assert one.marks() == other.marks()
    assert one.twin.relations == other.twin.relations


def test_filing_again_changes_nothing(room: Room) -> None:
    room.file(*NEWS.values())
    before = room.marks()
    assert all(not outcome.marks and not outcome.changes for outcome in room.file(*NEWS.values()))
    assert room.marks() == before


def test_a_late_article_joins_two_stories_and_the_change_is_recorded(room: Room) -> None:
    bridge = article("bridge", HARBOUR_EN + " " + HARBOUR_REPORT, host="late.example", at=NOON + 6 * HOUR)
    room.file(NEWS["else"], NEWS["report"])
    joined = room.file(NEWS["en"], bridge)[0]
    assert [(change.story_id, change.into, change.kind) for change in joined.changes] == [
        (IDS["report"], IDS["en"], "renamed")
    ]
    if room.engine:
        with room.engine.connect() as connection:
            assert lineage(connection, IDS["en"]) == {IDS["en"], IDS["report"]}


def test_a_forgotten_article_leaves_no_trace(room: Room) -> None:
    room.file(*NEWS.values())
    with room.memory() as memory:
        outcome = forget_article(memory, IDS["en"])
        assert not memory.marks([IDS["en"]])
        assert not memory.neighbours([IDS["en"]])
    assert IDS["en"] not in room.marks()
    assert any(change.story_id == IDS["en"] for change in outcome.changes)


def test_people_keep_apart_and_together_through_reprocessing(room: Room) -> None:
    room.file(*NEWS.values())
    apart, together = (tuple(sorted((IDS[one], IDS[other]))) for one, other in (("en", "report"), ("else", "yingtao")))
    decisions = (
        Constraint(a=apart[0], b=apart[1], kind="apart"),
        Constraint(a=together[0], b=together[1], kind="together"),
    )
    for decision in decisions:
        with room.memory() as memory:
            constrain(memory, decision)
    expected = {frozenset({"en", "zh", "copy"}), frozenset({"report"}), frozenset({"cherries", "yingtao", "else"})}
    assert room.stories() == expected
    room.file(*reversed(NEWS.values()))
    assert room.stories() == expected
    with room.memory() as memory:
        constrain(memory, replace(decisions[1], kind="apart"))
    assert frozenset({"else"}) in room.stories()


def test_a_person_splits_a_story_and_merges_it_again(room: Room) -> None:
    room.file(*NEWS.values())
    with room.memory() as memory:
        outcome = split_story(memory, IDS["en"], [IDS["report"]])
        assert linked_stories(memory, IDS["report"]) == (IDS["en"],)
    assert [(change.story_id, change.into, change.kind) for change in outcome.changes] == [
        (IDS["en"], IDS["report"], "split")
    ]
    assert frozenset({"report"}) in room.stories()
    room.file(*NEWS.values())
    assert frozenset({"report"}) in room.stories()
    with room.memory() as memory:
        merge_stories(memory, IDS["en"], IDS["report"])
    assert room.stories() == TOLD


def test_an_undated_page_keeps_its_place_when_fetched_again(room: Room) -> None:
    undated = article("undated", HARBOUR_REPORT, at=None, fetched_at=NOON)
    room.file(undated, replace(undated, document=replace(undated.document, fetched_at=NOON + timedelta(days=40))))
    with room.memory() as memory:
        assert memory.traces([undated.document.id])[0].at == NOON


def test_a_revision_that_says_something_else_leaves_its_story(room: Room) -> None:
    room.file(*NEWS.values())
    room.file(article("report", filler(3), host="city.example", at=NOON + HOUR))
    assert frozenset({"report"}) in room.stories()


def test_credit_outweighs_the_date_when_the_original_is_chosen() -> None:
    early = trace(article("early", HARBOUR_EN + "\nSource: South China Morning Post", host="early.example"))
    late = trace(article("late", HARBOUR_EN, host="scmp.com", at=NOON + 5 * HOUR))
    a, b = sorted((early.id, late.id))
    edge = Relation(a=a, b=b, kind="near", score=1.0)
    marks = {mark.article_id: mark for mark in derive({early.id: early, late.id: late}, [edge])}
    assert marks[early.id].duplicate_of == late.id
    assert marks[late.id].duplicate_of is None


def test_coverage_names_who_was_first_and_by_how_much() -> None:
    room = Room(None)
    room.file(*NEWS.values())
    marks = room.marks()
    members = [room.twin.known[key] for key, mark in marks.items() if mark.story_id == IDS["en"]]
    summary = summarise(IDS["en"], members, marks.values())
    assert summary.title == "Harbourlight hires"
    assert [(each.family, each.lag_seconds) for each in summary.coverage] == [
        ("daily.example", 0.0),
        ("city.example", 3600.0),
        ("copies.example", 7200.0),
        ("xinwen.example", 10800.0),
    ]


def test_old_articles_age_out_of_the_search_alone(room: Room) -> None:
    if room.engine is None:
        pytest.skip("the twin keeps no index")
    room.file(NEWS["en"])
    with writing(room.engine) as connection:
        assert age_out(connection, NOON) == 0
        assert age_out(connection, NOON + timedelta(days=90)) > 0
        memory = SqlMemory(connection, NOON)
        assert not memory.reports_near(trace(NEWS["report"]))
        assert [each.id for each in memory.traces([IDS["en"]])] == [IDS["en"]]


def _cluster(ids: Iterable[str], score: float) -> list[Relation]:
    names = sorted(ids)
    return [Relation(a=a, b=b, kind="report", score=score) for at, a in enumerate(names) for b in names[at + 1 :]]


def test_one_odd_link_does_not_join_two_large_stories() -> None:
    news = {f"{side}{at}": trace(article(f"{side}{at}", filler(at))) for side in "ab" for at in range(6)}
    traces_by_name = {name: replace(each, id=name) for name, each in news.items()}
    edges = _cluster([name for name in news if name[0] == "a"], 0.8) + _cluster(
        [name for name in news if name[0] == "b"], 0.8
    )
    odd = Relation(a="a0", b="b0", kind="report", score=0.6)
    marks = derive(traces_by_name, [*edges, odd])
    assert len({mark.story_id for mark in marks}) == 2
