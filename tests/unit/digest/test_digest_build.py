import json
from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.digest import Digest, StoryView, Told, build_digest, digest_from_row, digest_row
from pipeline.digest.records import DigestStory
from pipeline.digest.stored import facts_from_texts, facts_to_texts
from pipeline.facts import Place, Role
from tests.unit.digest.samples import (
    NAMES,
    NOW,
    ORIGINAL_TITLE,
    SUBSCRIPTION,
    TRANSLATED_TITLE,
    hiring,
    outlet,
    pay,
    story,
)

YESTERDAY = NOW - timedelta(days=1)


def build(*stories: StoryView, told: tuple[Told, ...] = (), **changes: object) -> Digest:
    subscription = replace(SUBSCRIPTION, **changes)  # type: ignore[arg-type]
    return build_digest(stories, subscription=subscription, since=YESTERDAY, now=NOW, told=told, names=NAMES)


def only(digest: Digest) -> DigestStory:
    ((shown,),) = ([*group.stories] for group in digest.groups)
    return shown


def test_a_story_of_four_outlets_is_told_once_under_its_employer() -> None:
    digest = build(story())
    (group,) = digest.groups
    assert (group.employer, group.name.zh) == ("pdd", "拼多多")
    shown = only(digest)
    assert [(line.outlet, line.kind) for line in shown.outlets] == [
        ("每日科技", "original"),
        ("The Report", "report"),
        ("Wire in English", "translation"),
        ("转载网", "copy"),
    ]
    assert shown.outlets[0].host == "example.co.uk"
    assert shown.outlets[0].published == "2026-11-20 13:00"
    assert shown.outlets[1].published == "seen 2026-11-20"


def test_the_headline_is_in_the_readers_language() -> None:
    assert only(build(story(), language="zh")).title == ORIGINAL_TITLE
    assert only(build(story(), language="en")).title == TRANSLATED_TITLE
    untranslated = StoryView(id="a1", outlets=(outlet(),))
    assert only(build(untranslated, language="en")).title == ORIGINAL_TITLE


def test_facts_stand_in_both_languages_and_once() -> None:
    shown = only(build(story()))
    (english,), (chinese,) = shown.lines_en, shown.lines_zh
    assert english.startswith("Pinduoduo · Shanghai · ")
    assert english.count("60,000") == 1
    assert "拼多多" in chinese
    assert "6万" in chinese


def test_quotes_prove_in_the_readers_language_first_and_in_another() -> None:
    assert [quote.language for quote in only(build(story())).quotes] == ["en", "zh-Hans"]
    assert [quote.language for quote in only(build(story(), language="zh")).quotes] == ["zh-Hans", "en"]
    assert len(only(build(story(), max_quotes=1)).quotes) == 1


def test_a_converted_figure_is_not_shown_beside_its_origin() -> None:
    converted = outlet("c", kind="report", hiring=hiring(pay=(pay(currency="USD", max=8451.0),)))
    other = outlet("d", kind="report", hiring=hiring(pay=(pay(currency="USD", max=20000.0),)))
    (line,) = only(build(StoryView(id="c", outlets=(outlet(), converted, other)))).lines_en
    assert "60,000" in line
    assert "8,451" not in line
    assert "20,000" in line


def test_what_is_no_hiring_news_is_left_out() -> None:
    plain = StoryView(id="p", outlets=(outlet("p", hiring=None), outlet("q", hiring=hiring(is_hiring=False))))
    assert build(plain).groups == ()
    assert build().groups == ()


def test_stories_seen_before_the_last_digest_are_left_out() -> None:
    old = StoryView(id="o", outlets=(outlet("o", first_seen_at=YESTERDAY - timedelta(minutes=1)),))
    assert build(old).groups == ()
    assert build_digest([old], subscription=SUBSCRIPTION, since=None, now=NOW).stories == 1


def test_nothing_is_told_twice() -> None:
    first = build(story())
    assert build(story(), told=first.told).groups == ()


def test_a_story_joined_under_another_id_is_not_told_again() -> None:
    first = build(story())
    joined = StoryView(id="other", outlets=(*story().outlets, outlet("b9", first_seen_at=NOW)))
    assert build(joined, told=first.told).groups == ()


def with_report(outlet_name: str = "The Report", /, **changes: object) -> StoryView:
    newer = outlet("a9", kind="report", outlet=outlet_name, first_seen_at=NOW, hiring=hiring(**changes))
    return replace(story(), outlets=(*story().outlets, newer))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"pay": (pay(max=90000.0, quote="月薪最高9万元"),)}, "90,000"),
        ({"is_denied": True}, "Denied"),
        ({"employers": ("pdd", "moonshot")}, "New employer: Moonshot AI"),
        ({"places": (Place(id="beijing", name="Beijing", country="CN"),)}, "New place: Beijing"),
    ],
)
def test_a_material_change_comes_once_as_an_update(changes: dict[str, object], told: str) -> None:
    first = build(story())
    second = build(with_report(**changes), told=first.told)
    (line,) = only(second).updates
    assert told in line.text
    assert line.outlet == "The Report"
    assert build(with_report(**changes), told=(*first.told, *second.told)).groups == ()


def test_an_outlet_that_corrects_itself_is_told_with_both_quotes() -> None:
    first = build(StoryView(id="a1", outlets=(outlet(),)))
    corrected = outlet(hiring=hiring(pay=(pay(max=90000.0, quote="月薪最高9万元"),)))
    (line,) = only(build(StoryView(id="a1", outlets=(corrected,)), told=first.told)).updates
    assert (line.before, line.after, line.is_contradiction) == ("月薪最高6万元", "月薪最高9万元", False)


def test_outlets_that_contradict_each_other_are_told_so() -> None:
    first = build(story())
    (line,) = only(build(with_report(pay=(pay(max=90000.0),)), told=first.told)).updates
    assert line.is_contradiction


@pytest.mark.parametrize(
    "changes",
    [
        {"pay": (pay(max=60500.0),)},  # rounded
        {"pay": (pay(currency="USD", max=8451.0),)},  # converted
        {"pay": ()},
        {"roles": (Role(text="algorithm engineer", id="algorithm-engineer"),)},
        {"actions": ("hire",)},
    ],
)
def test_other_words_for_the_same_are_no_update(changes: dict[str, object]) -> None:
    assert build(with_report(**changes), told=build(story()).told).groups == ()


def test_an_update_is_worded_for_the_reader() -> None:
    first = build(story())
    (line,) = only(build(with_report(employers=("pdd", "moonshot")), told=first.told, language="zh")).updates
    assert line.text.startswith("雇主：")
    assert "月之暗面" in line.text


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"pay": (pay(max=90000.0, quote="9万元"),)}, "说法不一：月薪 ≤6万元 → 月薪 ≤9万元"),
        ({"pay": (pay(max=900000.0, period="year", quote="90万元"),)}, "薪酬：新数字 年薪 ≤90万元"),
        ({"places": (Place(id="cn-beijing", name="Beijing", country="CN"),)}, "地点：新增北京"),
        ({"employers": ("pdd", "moonshot")}, "雇主：新增月之暗面"),
        ({"is_denied": True}, "否认：已否认"),
        ({"pay": (pay(is_denied=True),)}, "否认：月薪 ≤6万元"),
    ],
)
def test_an_update_in_chinese_is_chinese_throughout(changes: dict[str, object], text: str) -> None:
    first = build(story())
    (line,) = only(build(with_report(**changes), told=first.told, language="zh")).updates
    assert line.text == text


def test_digests_and_ledger_lines_survive_the_store() -> None:
    first = build(story())
    second = build(with_report(is_denied=True), told=first.told)
    for digest in (first, second, build()):
        assert digest_from_row(json.loads(json.dumps(digest_row(digest)))) == digest
        for told in digest.told:
            assert facts_from_texts(facts_to_texts(told.facts)) == told.facts


def test_rumours_and_denials_are_marked() -> None:
    rumour = StoryView(id="r", outlets=(outlet("r", hiring=hiring(is_rumour=True)),))
    assert only(build(rumour)).is_rumour
    confirmed = StoryView(id="r", outlets=(*rumour.outlets, outlet("s", hiring=hiring())))
    assert not only(build(confirmed)).is_rumour
    assert only(
        build(StoryView(id="r", outlets=(*confirmed.outlets, outlet("t", hiring=hiring(is_denied=True)))))
    ).is_denied


def test_what_was_published_long_ago_is_marked_late() -> None:
    late = StoryView(id="l", outlets=(outlet("l", published_at=NOW - timedelta(days=30)),))
    assert only(build(late)).is_late
    assert not only(build(story())).is_late


def test_the_rest_is_counted_not_told() -> None:
    stories = [
        StoryView(id=f"s{n}", outlets=(outlet(f"s{n}", first_seen_at=NOW - timedelta(minutes=n)),)) for n in range(8)
    ]
    digest = build(*stories, max_stories=5)
    assert (digest.stories, digest.more) == (5, 3)
    assert {told.story_id for told in digest.told} == {f"s{n}" for n in range(5)}


def test_groups_are_ordered_by_how_much_there_is_and_nobody_comes_last() -> None:
    stories = [
        StoryView(id="n", outlets=(outlet("n", hiring=hiring(employers=())),)),
        StoryView(id="m", outlets=(outlet("m", hiring=hiring(employers=("moonshot",))),)),
        StoryView(id="p", outlets=(outlet("p"),)),
        StoryView(id="q", outlets=(outlet("q"),)),
        StoryView(id="u", outlets=(outlet("u", hiring=hiring(employers=("Acme Robotics",))),)),
    ]
    assert [group.name.en for group in build(*stories).groups] == [
        "Pinduoduo",
        "Acme Robotics",
        "Moonshot AI",
        "Others",
    ]


def test_a_digest_has_one_id_a_period_in_the_readers_zone() -> None:
    late_evening = NOW.replace(hour=17)  # the next day in Shanghai
    assert build_digest([], subscription=SUBSCRIPTION, since=None, now=late_evening).id == "team-2026-11-21"
    assert build_digest([], subscription=SUBSCRIPTION, since=None, now=NOW, period="w47").id == "team-w47"


def test_days_stay_days_in_every_zone() -> None:
    day = outlet("d", published_at=NOW.replace(hour=0), published_precision="day")
    digest = build(StoryView(id="d", outlets=(day,)), timezone="America/Los_Angeles")
    assert only(digest).outlets[0].published == "2026-11-20"
