"""The fact lines: each in its own script."""

from __future__ import annotations

from pipeline.digest.wording import fact_lines
from pipeline.document import Hiring, Role


def test_words_of_a_role_stay_in_the_line_of_their_script() -> None:
    hiring = Hiring(
        is_hiring=True,
        score=0.9,
        employers=("anthropic",),
        roles=(Role(text="评测组负责人", id=None), Role(text="head of the evaluation group", id=None)),
    )
    english, chinese = fact_lines(hiring, lambda player, _: player)
    assert "head of the evaluation group" in english
    assert "负责人" not in english
    assert "评测组负责人" in chinese
    assert "head of" not in chinese
