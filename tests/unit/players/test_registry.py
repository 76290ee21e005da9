"""The registry that is shipped, and how faults in tables are told."""

from __future__ import annotations

import pytest

from pipeline.errors import RegistryError
from pipeline.knowledge.players import load_players, read_players

GOOD = """
[[player]]
id = "acme"
name = "Acme"
kind = "model-lab"
country = "US"
evidence = "its own site"
names.ja = ["アクメ"]
"""


def faults(table: str, cues: str = 'ai = ["ai"]') -> str:
    with pytest.raises(RegistryError) as caught:
        read_players({"cues.toml": cues, "a.toml": table})
    return caught.value.message


def test_the_shipped_registry_is_wide() -> None:
    registry = load_players()
    assert len(registry.players) >= 400
    assert len({player.country for player in registry.players.values()}) >= 20
    kinds = {player.kind for player in registry.players.values()}
    assert {"model-lab", "big-tech", "chip", "institute", "recruiter", "job-platform", "outlet"} <= kinds
    for language in ("en", "zh-Hans", "zh-Hant", "ja", "ko"):
        assert sum(language in player.by_language for player in registry.players.values()) >= 100


def test_all_players_of_the_labelling_rules_are_in_it() -> None:
    slugs = (
        "01ai alibaba amazon anthropic apple baichuan baidu bytedance character-ai cognition cohere cursor databricks "
        "deepl deepseek didi google huawei huggingface ibm inflection jd meituan meta microsoft midjourney minimax mistral "
        "moonshot nvidia openai pdd perplexity salesforce samsung scale-ai ssi tencent thinking-machines windsurf xai "
        "xiaomi zhipu kuaishou ant-group cloudwalk yitu sensetime megvii boss-zhipin cgl jazzyear caijing tech-planet "
        "equalocean goldman-sachs scmp communications-today"
    )
    assert set(slugs.split()) <= set(load_players().players)


def test_a_version_changes_with_any_fact() -> None:
    one = read_players({"a.toml": GOOD})
    assert one.version == read_players({"a.toml": GOOD}).version
    assert one.version != read_players({"a.toml": GOOD.replace("アクメ", "アクム")}).version


def test_names_are_listed_once_in_order() -> None:
    player = read_players({"a.toml": GOOD + 'names.en = ["Acme", "Acme AI"]\nunits = ["Acme Labs"]\n'}).players["acme"]
    assert player.names == ("Acme", "アクメ", "Acme AI", "Acme Labs")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("[[player]", "a.toml: "),
        (GOOD.replace('id = "acme"', ""), "id is missing"),
        (GOOD.replace('"acme"', '"Ac Me"'), "must be a slug"),
        (GOOD.replace("model-lab", "maker"), "kind 'maker' is none of"),
        (GOOD.replace('"US"', '"USA"'), "ISO 3166-1"),
        (GOOD.replace("names.ja", "names.jp"), "names.jp is none of"),
        (GOOD.replace("evidence", "evidense"), "unknown key 'evidense'"),
        (GOOD + GOOD, "stands twice"),
        (GOOD + 'units = [" Lab"]', "without blanks"),
        (GOOD + 'units = ["Lab", "Lab"]', "names something twice"),
        (GOOD + 'units = "Lab"', "must be a list"),
        (GOOD + 'parent = "nobody"', "parent 'nobody' is no player"),
        (GOOD + '[[player.doubt]]\nnames = ["Axme"]\nmeans = "x"', "is not among its names"),
        (
            GOOD + '[[player.doubt]]\nnames = ["Acme"]\nmeans = "x"\nneeds = ["@tech"]',
            "group '@tech' is not in cues.toml",
        ),
        (GOOD + '[[player.doubt]]\nnames = ["Acme"]\nmeans = "x"\nmaker = "far"', "maker is none of"),
        (GOOD + '[[player.doubt]]\nnames = ["Acme"]', "means is missing"),
        (GOOD + '[[player.model]]\nid = "m"\nname = "M"', "names is missing"),
        (GOOD + GOOD.replace('"acme"', '"acme2"'), "needs a doubt also at acme and acme2"),
        (GOOD + 'misspelt = ["アクメ"]', "misspelt must be long words"),
        (
            GOOD + '[[player.doubt]]\nnames = ["Acme"]\nmeans = "x"\nafter = ["@tech"]',
            "group '@tech' is not in cues.toml",
        ),
    ],
)
def test_faults_are_told_with_file_and_table(table: str, message: str) -> None:
    assert message in faults(table)


def test_all_faults_are_told_at_once() -> None:
    told = faults(GOOD.replace('"US"', '"U"') + GOOD.replace('"acme"', '"b"').replace("model-lab", "x"))
    assert len(told.splitlines()) == 2
    assert all(line.startswith("a.toml: player ") for line in told.splitlines())


def test_a_name_of_two_players_is_fine_where_both_doubt_it() -> None:
    doubt = '[[player.doubt]]\nnames = ["Acme"]\nmeans = "the other one"\n'
    other = GOOD.replace('"acme"', '"acme2"').replace("アクメ", "アクメツー")
    registry = read_players({"a.toml": GOOD + doubt + other + doubt})
    assert set(registry.players) == {"acme", "acme2"}
