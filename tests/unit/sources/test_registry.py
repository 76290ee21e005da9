import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.sources import OWN_FILE, Source, load_sources, read_sources, sources_of
from crawler.sources.writing import registry_toml, source_toml
from pipeline.errors import RegistryError
from pipeline.settings import Settings

PLAIN = {
    "id": "daily-tech",
    "name": "Daily Tech",
    "homepage": "https://news.example/",
    "language": "en",
    "country": "US",
    "feeds": ["https://news.example/feed"],
}


def table(**changes: object) -> str:
    values = PLAIN | changes
    return registry_text(values)


def registry_text(values: dict[str, object]) -> str:
    lines = []
    for key, value in values.items():
        if value is None:
            continue
        if isinstance(value, dict):
            shown = "{ " + ", ".join(f"{k} = {toml(v)}" for k, v in value.items()) + " }"
        else:
            shown = toml(value)
        lines.append(f"{key} = {shown}")
    return "[[source]]\n" + "\n".join(lines) + "\n"


def toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(toml(part) for part in value) + "]"
    return repr(value)


def faults(*texts: str) -> str:
    with pytest.raises(RegistryError) as caught:
        read_sources((f"file{number}.toml", text.encode()) for number, text in enumerate(texts, 1))
    return str(caught.value)


def test_the_built_in_registry_is_sound_and_sorted() -> None:
    registry = load_sources()
    assert len(registry.enabled) >= 250
    folder = Path(__file__).parents[3] / "crawler" / "registry"
    for file in folder.glob("*.toml"):
        ids = [entry["id"] for entry in tomllib.loads(file.read_text("utf-8"))["source"]]
        assert ids == sorted(ids), file.name
    for source in registry:
        assert source.enabled or source.disabled_reason, f"{source.id} is off without a reason"
        assert not source.enabled or source.expect, f"{source.id} promises no yield"
        assert source.outlet_names, f"{source.id} has no outlet name"


@pytest.mark.parametrize("source_id", ["scmp", "communications-today", "1ai-net-en", "tencent-news-tech"])
def test_the_outlets_the_product_was_asked_for_are_watched(source_id: str) -> None:
    assert load_sources()[source_id].enabled


def test_every_surveyed_source_is_known(shared: Path) -> None:
    lines = (shared / "sources.tsv").read_text("utf-8").splitlines()[1:]
    surveyed = {line.split("\t")[0] for line in lines}
    assert surveyed <= {source.id for source in load_sources()}
    forbidden = {line.split("\t")[0] for line in lines if "[do-not-crawl]" in line}
    assert forbidden
    assert not forbidden & {source.id for source in load_sources().enabled}


def test_slow_hosts_are_left_their_time() -> None:
    registry = load_sources()
    assert registry["people-cn"].delay_seconds == 120
    assert registry["scmp"].delay_seconds == 10


def test_no_two_sources_watch_one_feed() -> None:
    seen: dict[str, str] = {}
    for source in load_sources().enabled:
        for address in (*source.feeds, *source.sitemaps):
            assert seen.setdefault(address, source.id) == source.id, address


def test_every_field_of_the_interface_is_read() -> None:
    text = """
        [[source]]
        id = "scmp-tech"
        name = "South China Morning Post: Tech"
        homepage = "https://www.scmp.com/tech"
        language = "en"
        country = "HK"
        kind = "news"
        timezone = "Asia/Hong_Kong"
        feeds = ["https://www.scmp.com/rss/36/feed"]
        sitemaps = []
        listing = { url = "", links = "" }
        every = "30m"
        expect = { articles_per_week = [20, 400] }
        enabled = true
    """
    (source,) = read_sources([("a.toml", text.encode())])
    assert source.every is not None
    assert source.every.total_seconds() == 1800
    assert source.expect is not None
    assert source.expect.articles_per_week == (20, 400)
    assert source.publisher == "scmp-tech"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"feed": ["https://a.example/"]},
            "feed: there is no such key; remove it, or correct its spelling: did you mean feeds?",
        ),
        ({"id": "Daily Tech"}, "no slug"),
        ({"id": 5}, "id: Input should be a valid string; write text in quotes"),
        ({"name": ""}, "name"),
        ({"homepage": "news.example"}, "no absolute http(s) address"),
        ({"feeds": ["ftp://news.example/feed"]}, "feeds.0: 'ftp://news.example/feed' is no absolute http(s) address"),
        ({"feeds": ["https://news.example/a b"]}, "spaces"),
        ({"feeds": ["https://u:secret@news.example/"]}, "must not hold a user name"),
        ({"feeds": ["https://news.example:99999/"]}, "Port out of range"),
        ({"feeds": ["https://[::1/feed"]}, "Invalid IPv6"),
        ({"feeds": "https://news.example/feed"}, "write a list"),
        ({"feeds": ["https://news.example/f", "https://news.example/f"]}, "stands there twice"),
        ({"feeds": []}, "nothing to watch"),
        ({"language": "english"}, "no language tag; examples: en"),
        ({"language": "xx"}, "no language tag"),
        ({"language": "zh-hans"}, "no language tag"),
        ({"country": "UK"}, "no country code"),
        ({"timezone": "Beijing"}, "no IANA time zone; example: Asia/Shanghai"),
        ({"kind": "paper"}, "kind: Input should be 'news'"),
        ({"every": "soon"}, "no duration; write 30m"),
        ({"every": 30}, "not a duration such as 30m, in quotes"),
        ({"cron": "0 0 * * 9"}, "weekday '9' is not between 0 and 7"),
        ({"every": "30m", "cron": "0 0 * * 1"}, "every and cron are both given; keep one"),
        ({"listing": {"url": "https://news.example/", "links": "a["}}, "no CSS selector"),
        (
            {"listing": {"address": "https://news.example/"}},
            "listing.address: there is no such key; remove it, or correct its spelling; known: id, ",
        ),
        ({"expect": {"articles_per_week": [40, 10]}}, "the lower bound comes first"),
        ({"enabled": "yes"}, "write true or false without quotes"),
        ({"disabled_reason": "gone"}, "although enabled"),
        ({"keep_params": ["id"], "drop_params": ["id"]}, "both in keep_params and drop_params"),
        ({"delay_seconds": -1}, "delay_seconds"),
        ({"name": None}, "name: is missing; add it"),
    ],
)
def test_each_fault_is_told_with_file_table_and_remedy(changes: dict[str, object], told: str) -> None:
    message = faults(table(**changes))
    assert told in message
    assert "file1.toml: source " in message


def test_all_faults_of_all_files_are_told_at_once() -> None:
    message = faults(
        table(language="english", country="UK"),
        table(id="other", timezone="Nowhere") + table(id="daily-tech") + "[[sauce]]\n",
        "source = 3",
        "[[source]\n",
        registry_text({"name": "No id"}),
    )
    for told in (
        "file1.toml: source 'daily-tech': language",
        "file1.toml: source 'daily-tech': country",
        "file2.toml: source 'other': timezone",
        "file2.toml: source 'daily-tech': id 'daily-tech' is taken by file1.toml",
        "file2.toml: unknown key 'sauce'",
        "file3.toml: source is no list of tables",
        "file4.toml: is not TOML",
        "file5.toml: source number 1: id: is missing",
    ):
        assert told in message
    assert "faults:" in message


def test_files_and_folders_are_read(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text(table(id="second"), "utf-8")
    (tmp_path / "a.toml").write_text("\ufeff" + table(), "utf-8")
    (tmp_path / "notes.txt").write_text("not a source", "utf-8")
    assert [source.id for source in load_sources(tmp_path)] == ["daily-tech", "second"]
    assert [source.id for source in load_sources(tmp_path / "b.toml")] == ["second"]


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "source = []\n"])
def test_no_source_at_all_is_a_fault(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.toml").write_text(content, "utf-8")
    with pytest.raises(RegistryError, match="no \\[\\[source\\]\\] table"):
        load_sources(tmp_path)


def test_missing_places_are_told(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="no TOML file there"):
        load_sources(tmp_path)
    with pytest.raises(RegistryError, match="no such file"):
        load_sources(tmp_path / "none.toml")


def test_a_written_table_reads_back_as_the_same_source() -> None:
    for source in load_sources():
        (again,) = read_sources([("a.toml", source_toml(source).encode())])
        assert again == source


def test_written_text_survives_quotes_and_control_characters() -> None:
    for notes in ('say "no"', 'it\'s "both"', "tab\there\\", "\x7f", "行\n二", "😀"):
        source = Source.model_validate(PLAIN | {"notes": notes, "cron": "*/30 * * * *"})
        (again,) = read_sources([("a.toml", registry_toml([source], heading="Test.").encode())])
        assert again == source


def test_own_sources_stand_beside_the_built_in_ones_and_in_their_place(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, database_url="sqlite://")
    built_in = load_sources()
    first = next(iter(built_in))
    (tmp_path / OWN_FILE).write_text("", "utf-8")
    assert [source.id for source in sources_of(settings)] == [source.id for source in built_in], "an empty file is none"
    (tmp_path / OWN_FILE).write_text(table(id="my-own") + table(id=first.id, name="Mine"), "utf-8")
    found = sources_of(settings)
    assert len(found) == len(built_in) + 1
    assert (found[first.id].name, found["my-own"].id) == ("Mine", "my-own")
    alone = tmp_path / "alone.toml"
    alone.write_text(table(id="alone"), "utf-8")
    assert [source.id for source in sources_of(replace(settings, sources=alone))] == ["alone"]
