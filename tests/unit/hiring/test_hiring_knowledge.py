"""The tables of knowledge are read strictly, and every phrase can be found."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from pipeline.folding import fold_key
from pipeline.knowledge import hiring_phrases, places, rates, roles
from pipeline.knowledge.hiring_phrases import AGAINST, FOR, TERMS, phrasebook, pure_play
from pipeline.knowledge.hiring_weights import weights
from pipeline.knowledge.pay import FAMILIES, pay_words
from pipeline.knowledge.places import find_places
from pipeline.knowledge.roles import find_roles

LANGUAGES = ("en", "zh-Hans", "zh-Hant", "ja", "ko", "de", "fr", "es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_is_worded_in_every_language(language: str) -> None:
    acts = {
        phrase.act
        for some in phrasebook(language).phrases
        for phrase in some
        if phrase.language == language.partition("-")[0]
    }
    assert acts == {*FOR, *AGAINST}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_found_where_it_stands(language: str) -> None:
    table = tomllib.loads((files("pipeline.knowledge") / "hiring_phrases.toml").read_text(encoding="utf-8"))[
        language.partition("-")[0]
    ]
    book = phrasebook(language)
    missed = []
    for act, entry in table.items():
        for strength in ("strong", "medium", "weak"):
            for form in entry.get(strength, ()):
                text = fold_key("zz " + form.replace(" … ", " ").replace("*", "") + " zz")
                if act not in {hit.phrase.act for hit in book.find(text)}:
                    missed.append(form)
    assert not missed


def test_gaps_reach_over_words_and_not_over_anything() -> None:
    book = phrasebook("de")
    assert any(hit.phrase.act == "poach" for hit in book.find("meta wirbt drei forscher ab"))
    assert not any(hit.phrase.head == "wirbt" for hit in book.find("meta wirbt " + "lange " * 30 + "ab"))


def test_latin_words_match_whole() -> None:
    assert not any(hit.phrase.act == "leave" for hit in phrasebook("en").find("exitable leftover"))


def test_unknown_tables_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    hiring_phrases._all_phrases.cache_clear()
    real = hiring_phrases._load
    monkeypatch.setattr(
        hiring_phrases,
        "_load",
        lambda name: {"en": {"hop": {"side": "subject"}}} if name == "hiring_phrases.toml" else real(name),
    )
    with pytest.raises(ValueError, match="hop"):
        hiring_phrases._all_phrases()
    hiring_phrases._all_phrases.cache_clear()


def test_weights_have_the_right_sign() -> None:
    model = weights()
    assert 0 < model.threshold < 1
    assert all(value >= 0 for name, value in model.weights.items() if name.startswith(("event", "pay")))
    assert all(value <= 0 for name, value in model.weights.items() if not name.startswith(("event", "pay")))
    assert {f"{act}_{place}" for act in AGAINST for place in ("title", "text")} <= set(model.weights)


def test_terms_and_labs() -> None:
    assert {"openai", "deepseek", "mistral"} <= pure_play()
    assert "llm" in TERMS


@pytest.mark.parametrize("name", FAMILIES)
def test_pay_words_compile_for_each_family(name: str) -> None:
    words = pay_words("zh" if name == "cjk" else name)
    assert {cue.kind for cue in words.cues.find("salary a year")} >= {"pay", "year"}
    assert words.currency_before["$"] == "USD"


def test_places_and_roles_are_found_whole_and_longest() -> None:
    assert [place for place, _, _ in find_places(fold_key("from San Francisco to 旧金山 and Hong Kong"))] == [
        "us-san-francisco",
        "us-san-francisco",
        "hk-hong-kong",
    ]
    assert not find_places("romance in parisian style")
    assert [role for role, _, _ in find_roles("two inference engineers and a chief scientist")] == [
        "inference",
        "chief-scientist",
    ]


def test_every_place_and_role_has_a_name_in_two_languages() -> None:
    assert all(entry.chinese and entry.names[0].strip() for entry in places.places().values())
    assert all(entry.chinese for entry in roles.roles().values())
    assert all(len(entry.country) == 2 for entry in places.places().values())


def test_rates_are_of_real_days() -> None:
    assert [day.year for day, _ in rates._tables()] == [2022, 2023, 2024, 2025]
    assert all({"USD", "CNY", "EUR"} <= set(table) for _, table in rates._tables())
