from datetime import timedelta

import pytest
from apscheduler.triggers.cron import CronTrigger
from hypothesis import given
from hypothesis import strategies as st

from crawler.sources import duration_text, parse_cron, parse_duration


@pytest.mark.parametrize(
    ("text", "minutes"), [("30m", 30), ("2h", 120), ("1d", 1440), ("1h30m", 90), ("90s", 1.5), ("1w", 10080)]
)
def test_durations_are_read(text: str, minutes: float) -> None:
    assert parse_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "30", "m", "30 m", "-30m", "1.5h", "30M", "0m", "59s", "367d", "9" * 400 + "d"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no duration|not between"):
        parse_duration(text)


@given(st.integers(min_value=60, max_value=366 * 86400))
def test_duration_text_is_read_back(seconds: int) -> None:
    duration = timedelta(seconds=seconds)
    assert parse_duration(duration_text(duration)) == duration


def test_one_is_monday_and_both_sundays_are_sunday() -> None:
    assert parse_cron("0 0 * * 1").triggers()[0]["day_of_week"] == "mon"
    assert (
        parse_cron("0 0 * * 0").weekdays
        == parse_cron("0 0 * * 7").weekdays
        == parse_cron("0 0 * * SUN").weekdays
        == (0,)
    )


@pytest.mark.parametrize(
    ("text", "field", "values"),
    [
        ("*/30 * * * *", "minutes", (0, 30)),
        ("5-20/5 * * * *", "minutes", (5, 10, 15, 20)),
        ("0 22/1 * * *", "hours", (22, 23)),
        ("0 9,17 * * *", "hours", (9, 17)),
        ("0 0 * jan-mar *", "months", (1, 2, 3)),
        ("0 0 * * mon-fri", "weekdays", (1, 2, 3, 4, 5)),
        ("0 0 * * 5-7", "weekdays", (0, 5, 6)),
        ("0 0 * * */2", "weekdays", (0, 2, 4, 6)),
        ("@daily", "hours", (0,)),
    ],
)
def test_fields(text: str, field: str, values: tuple[int, ...]) -> None:
    assert getattr(parse_cron(text), field) == values


def test_two_restricted_day_fields_mean_either() -> None:
    fields = parse_cron("0 12 13 * fri")
    assert fields.is_either_day
    assert [(part["day"], part["day_of_week"]) for part in fields.triggers()] == [("13", "*"), ("*", "fri")]


def test_a_stepped_star_is_no_restriction_of_the_day() -> None:
    (trigger,) = parse_cron("0 0 */2 * 1").triggers()
    assert trigger["day_of_week"] == "mon"
    assert trigger["day"].startswith("1,3,5")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "*/0 * * * *",
        "a * * * *",
        "20-10 * * * *",
        "1,,2 * * * *",
        "1- * * * *",
        "² * * * *",
        "0 0 31 2,4 *",
        "@often",
        "* * * * mon-",
    ],
)
def test_what_is_no_cron_line_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_cron(text)


@pytest.mark.parametrize("text", ["*/7 2-4 * * *", "0 0 1,15 * 1", "0 9 * 2 sun", "@weekly", "3 3 30 * *"])
def test_the_scheduler_accepts_the_triggers(text: str) -> None:
    assert all(CronTrigger(**trigger) for trigger in parse_cron(text).triggers())
