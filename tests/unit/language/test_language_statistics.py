"""Our faster reading of langdetect gives what langdetect gives, and plain texts are known without it."""

from __future__ import annotations

import pytest
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

from pipeline.stages.language.headlines import is_plainly
from pipeline.stages.language.statistics import likeliest

LATIN = tuple("en de fr es it pt nl sv da no fi pl cs sk hu ro hr tr id vi ca et lt lv sl".split())
CYRILLIC = ("ru", "uk", "bg", "mk")
ENGLISH = (
    "The office has told its staff that they will be moved to a new house by the river, and that the old one is for sale. "
    "It was built after the war, with a roof that lets the rain in, and nobody who worked there has a good word for it. "
    "They can be found at their desks until the end of the month, as the last of the boxes are not expected before then."
)
SWEDISH = (
    "Kontoret flyttar till ett nytt hus vid floden, och de anställda får höra om det först när allt redan är bestämt."
)


@pytest.fixture(scope="module")
def whole() -> DetectorFactory:
    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    return factory


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        (ENGLISH, LATIN),
        (SWEDISH, LATIN),
        ("NASA and the EU: 3 new GPUs; iPhone USERS wait", LATIN),
        ("Ştirile de azi: șase ţări, două acorduri și un tratat nou", LATIN),
        ("Đội ngũ kỹ sư ra mắt phần mềm mới", LATIN),
        ("Ein  Bericht über Straßen, Brücken und  Tunnel ", LATIN),
        ("Компания открыла новую лабораторию у реки", CYRILLIC),
    ],
)
def test_answers_as_langdetect_does(whole: DetectorFactory, text: str, tags: tuple[str, ...]) -> None:
    detector = whole.create()
    detector.set_prior_map({tag: 1.0 if tag == tags[0] else 1.0 / len(tags) for tag in tags})
    detector.append(text)
    best = detector.get_probabilities()[0]

    assert likeliest(text, tags, tags[0]) == (best.lang, best.prob)


def test_nothing_to_count() -> None:
    assert likeliest("4711 / 0815", LATIN, "en") is None


def test_plain_text_is_known_by_its_function_words() -> None:
    assert is_plainly(ENGLISH, "en")
    assert not is_plainly(ENGLISH, "de")
    assert not is_plainly(SWEDISH * 4, "en")


def test_a_list_of_names_is_not_plain() -> None:
    assert not is_plainly("Acme Omega Delta Sigma Kappa Gamma the of and " * 12, "en")


def test_two_languages_in_one_text_are_not_plain() -> None:
    german = (
        "Das ist für die Leute von heute ein Haus, und sie sind auch nicht mehr aus dem Dorf, aber es ist der Anfang. "
    )

    assert not is_plainly(f"{ENGLISH} {german * 3}", "en")
