"""One letter wrong, against a slow and plain definition of it."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.stages.players.misspelling import is_one_off

WORDS = st.text("abc", min_size=1, max_size=6)


def one_off_slowly(word: str, name: str) -> bool:
    edits = {name[:i] + name[i + 1 :] for i in range(len(name))}
    edits |= {name[:i] + letter + name[i + 1 :] for i in range(len(name)) for letter in "abc"}
    edits |= {name[:i] + letter + name[i:] for i in range(len(name) + 1) for letter in "abc"}
    edits |= {name[:i] + name[i + 1] + name[i] + name[i + 2 :] for i in range(len(name) - 1)}
    return word in edits


@settings(deadline=None)
@given(WORDS, WORDS)
@example("ab", "ba")
@example("aab", "aba")
def test_one_off_means_one_edit(word: str, name: str) -> None:
    assert is_one_off(word, name) == (word == name or one_off_slowly(word, name))
