"""Persons: names among the large words of German, French and Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.stages.hiring import read_hiring
from pipeline.stages.hiring.no_names import is_named_thing, without_lead

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.document import Article

CASES = [
    ("de", "OpenAI verliert den Leiter der Forschung. Das Kölner Unternehmen verliert ihn an Mistral.", []),
    ("de", "Der Hamburger Konzern verliert die Technische Leitung an OpenAI: Anna-Lena Weber verlässt ihn.", ["Anna-Lena Weber"]),
    ("de", "Mit Jonas Feldmann wechselt ein KI-Forscher von OpenAI zu Mistral.", ["Jonas Feldmann"]),
    ("fr", "Le Directeur Scientifique quitte Mistral pour OpenAI. OpenAI a aussi recruté Élise McKay.", ["Élise McKay"]),
    ("es", "La Compañía pierde gente: la investigadora Marta LeBlanc deja OpenAI y ficha por Mistral.", ["Marta LeBlanc"]),
    ("en", "OpenAI has hired Piet van der Berg from Google to lead its language models.", ["Piet van der Berg"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "names"), CASES)
def test_persons_among_large_words(
    article_of: Callable[[str, str, str], Article], language: str, text: str, names: list[str]
) -> None:
    assert [person.name for person in read_hiring(article_of(language, "", text)).people] == names


@pytest.mark.parametrize(
    "name", ["Das Heilbronner Unternehmen", "Künstliche Intelligenz", "El Equipo Azul", "Forschungsleiter Nord"]
)
def test_things_with_large_words(name: str) -> None:
    assert is_named_thing(name)


def test_titles_are_cut_off() -> None:
    assert without_lead("Auch Professorin Ina Holt") == "Ina Holt"
    assert not is_named_thing("Ina Holt")
