"""langdetect for the languages of one alphabet: its answers and its probabilities, in less time.

langdetect multiplies, for each n-gram it draws, the probabilities of all 55 languages in a loop, and reads a text letter
by letter through four calls. Here the profiles are cut to the languages that may win, and a word is taken apart once.
A language without a prior stays at zero in langdetect as well, and every n-gram stays known: the draws are the same.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any

from langdetect.detector import Detector
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from langdetect.utils.ngram import NGram

# Every detector draws its samples with this seed; without it the same text changes its language from run to run.
DetectorFactory.seed = 0
_loading = threading.Lock()
_factories: dict[tuple[str, ...], DetectorFactory] = {}

_normal = lru_cache(maxsize=4096)(NGram.normalize)


@lru_cache(maxsize=32768)
def _grams(word: str) -> tuple[str, ...]:
    """The known n-grams that end in each letter of a word, which a space may end; those of other words do not reach in."""
    known, found, grams, is_capital_word = _factory_of(()).word_lang_prob_map, list[str](), " ", False
    for char in word:
        # Words in capitals are passed over, from their second letter on.
        is_capital_word = char.isupper() and (is_capital_word or grams[-1].isupper())
        grams = grams[-2:] + char
        if not is_capital_word:
            windows = (char, grams) if len(grams) < NGram.N_GRAM else (char, grams[1:], grams)
            found += [gram for gram in windows if gram in known and gram != " "]
    return tuple(found)


class _Detector(Detector):  # type: ignore[misc]  # langdetect has no types
    """langdetect's detector with its two inner loops written for speed; the results are equal to the last bit."""

    def _extract_ngrams(self) -> list[str]:
        *words, last = "".join(map(_normal, self.text)).split(" ")
        return [gram for word in (*(f"{word} " for word in words if word), last) for gram in _grams(word)]

    def _update_lang_prob(self, prob: list[float], word: str, alpha: float) -> bool:
        weight = alpha / self.BASE_FREQ
        prob[:] = [each * (weight + of_word) for each, of_word in zip(prob, self.word_lang_prob_map[word], strict=True)]
        return True


def _factory_of(tags: tuple[str, ...]) -> DetectorFactory:
    """The profiles of these languages, or of all; loaded once: langdetect's loader publishes them before they are complete."""
    if (factory := _factories.get(tags)) is not None:
        return factory
    with _loading:
        if () not in _factories:
            whole = DetectorFactory()
            whole.load_profile(PROFILES_DIRECTORY)
            _factories[()] = whole
        if tags not in _factories:
            _factories[tags] = _cut(_factories[()], tags)
        return _factories[tags]


def _cut(whole: DetectorFactory, tags: tuple[str, ...]) -> DetectorFactory:
    places = [at for at, tag in enumerate(whole.langlist) if tag in tags]
    cut, shared = DetectorFactory(), dict[tuple[float, ...], tuple[float, ...]]()
    cut.langlist = [whole.langlist[at] for at in places]
    for word, probabilities in whole.word_lang_prob_map.items():
        row = tuple([probabilities[at] for at in places])
        cut.word_lang_prob_map[word] = shared.setdefault(row, row)  # most n-grams are those of other alphabets
    return cut


def likeliest(text: str, tags: tuple[str, ...], usual: str) -> tuple[str, float] | None:
    """The likeliest of `tags` with its probability; None where the text has nothing to count.

    The usual language starts with as much as all others together: headlines of names alone stay with it.
    """
    detector: Any = _Detector(_factory_of(tags))
    detector.set_prior_map({tag: 1.0 if tag == usual else 1.0 / len(tags) for tag in tags})
    detector.append(text)
    try:
        ranked = detector.get_probabilities()
    except LangDetectException:
        return None
    return (ranked[0].lang, ranked[0].prob) if ranked else None
