"""Generated news: words by their frequency in the language, names, numbers, and duplicates of all kinds."""

from __future__ import annotations

import random
from bisect import bisect
from functools import cache
from itertools import accumulate

from pipeline.knowledge.dictionary import glosses
from pipeline.knowledge.words import frequencies

SYLLABLES = "ba co du fe gi ho ju ka le mi no pu ra ro se ti vo wa xe zu lin tor van mar del ser".split()
KINDS = ("exact", "truncated", "reworded", "wrapped", "translation", "report")
_HAN_PARTICLES = "的在和了将为是对与也"


@cache
def _vocabulary(language: str) -> tuple[list[str], list[float]]:
    table = frequencies()
    if language == "zh":
        words = [word for word in table if not word.isascii() and len(word) > 1 and glosses(word)]
    else:
        words = [word for word in table if word.isascii() and len(word) > 2]
    return words, list(accumulate(table[word] for word in words))


def _word(language: str, dice: random.Random) -> str:
    words, heap = _vocabulary(language)
    return words[min(bisect(heap, dice.random() * heap[-1]), len(words) - 1)]


def _name(dice: random.Random) -> str:
    return "".join(dice.choice(SYLLABLES) for _ in range(dice.randint(2, 4))).capitalize()


class Event:
    """What happens: names and numbers that every report of it has."""

    def __init__(self, seed: int) -> None:
        dice = random.Random(seed)
        self.names = [_name(dice) for _ in range(5)]
        self.numbers = [str(dice.randint(13, 99_999)) for _ in range(4)]
        self.topic = {language: [_word(language, dice) for _ in range(12)] for language in ("en", "zh")}


def text(event: Event, language: str, seed: int, words: int = 260) -> str:
    """A report of an event in a language; another seed is another reporter."""
    dice = random.Random(seed)
    run = []
    for at in range(words):
        chance = dice.random()
        if chance < 0.06:
            run.append(dice.choice(event.names))
        elif chance < 0.08:
            run.append(dice.choice(event.numbers))
        elif chance < 0.16:
            run.append(dice.choice(event.topic[language]))
        else:
            run.append(_word(language, dice) if language == "en" or at % 4 else dice.choice(_HAN_PARTICLES))
        if at % 22 == 21:
            run.append("." if language == "en" else "。")
    return " ".join(run) if language == "en" else "".join(_spaced(word) for word in run)


def _spaced(word: str) -> str:
    return f" {word} " if word.isascii() and word[0].isalnum() else word


def translated(event: Event, seed: int, words: int = 260) -> tuple[str, str]:
    """A Chinese report and its English translation, six words in ten as the dictionary has them."""
    dice = random.Random(seed)
    chinese, english = [], []
    for at in range(words):
        chance = dice.random()
        if chance < 0.08:
            both = dice.choice(event.names if chance < 0.06 else event.numbers)
            chinese.append(f" {both} ")
            english.append(both)
        elif at % 4 == 0:
            chinese.append(dice.choice(_HAN_PARTICLES))
            english.append(_word("en", dice))
        else:
            word = _word("zh", dice)
            chinese.append(word)
            english += dice.choice(glosses(word)) if dice.random() < 0.6 else [_word("en", dice)]
    return "".join(chinese), " ".join(english)


def variant(kind: str, original: str, seed: int) -> str:
    """A copy of an English text: exact, truncated to 60%, 5% reworded, or wrapped."""
    dice = random.Random(seed)
    if kind == "truncated":
        return original[: len(original) * 6 // 10]
    if kind == "reworded":
        return " ".join(_word("en", dice) if dice.random() < 0.05 else word for word in original.split(" "))
    if kind == "wrapped":
        junk = " ".join(_word("en", dice) for _ in range(60))
        return f"{junk}\n{original}\n{junk}"
    return original
