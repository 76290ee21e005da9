"""A flood of near copies: more of them than are compared with one."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from pipeline.stages.stories import redraw
from tests.unit.relations.newswire import HARBOUR_EN, NOON, article, filler
from tests.unit.relations.rooms import HOUR

if TYPE_CHECKING:
    from tests.unit.relations.rooms import Room


def test_a_flood_of_copies_ends_in_one_story_without_drawing_it_each_time(room: Room) -> None:
    dice = random.Random(2)
    base = (HARBOUR_EN + " " + filler(7, 60)).split(" ")
    flood = []
    for at in range(48):
        words = [filler(at * 97 + n, 1) if dice.random() < 0.03 else word for n, word in enumerate(base)]
        flood.append(article(f"copy{at}", " ".join(words), host=f"h{at}.example", at=NOON + at * HOUR / 4))
    outcomes = room.file(*flood)
    assert all(len(outcome.marks) == 1 for outcome in outcomes)
    with room.memory() as memory:
        marks = memory.marks([each.document.id for each in flood])
        assert {mark.story_id for mark in marks} == {flood[0].document.id}
        drawn = redraw(memory, {flood[-1].document.id})
    assert (drawn.marks, drawn.changes) == ((), ())
