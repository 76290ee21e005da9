from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.dates import EARLIEST, LATEST_AHEAD, Clock, read_date

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CHINA = Clock(NOW, ZoneInfo("Asia/Shanghai"), "CN")
AMERICA = Clock(NOW, ZoneInfo("America/New_York"), "US")
MORNING = "2026-11-20T02:00"


@pytest.mark.parametrize(
    ("raw", "instant"),
    [
        ("Fri, 20 Nov 2026 10:00:00 +0800", MORNING),
        ("Fri,20 Nov 2026 10:00:00 +0800", MORNING),
        ("Fri, 20 Nov 2026 10:00:00 CST", MORNING),
        ("Fri Nov 20 10:00:00 CST 2026", MORNING),
        ("Fri, 20 Nov 26 02:00 GMT", MORNING),
        ("Fri, 20 Nov 2026 09:00:00 GMT+7", MORNING),
        ("Thu, 19 Nov 2026 21:00:00 EST", MORNING),
        ("Thu, 19 Nov 2026 18:00:00 PST", MORNING),
        ("2026-11-20T10:00:00+08:00", MORNING),
        ("2026-11-20T02:00:00.123456Z", MORNING),
        ("2026-11-20T02:00Z[UTC]", MORNING),
        ("2026-11-20 10:00", MORNING),
        ("2026/11/20 10:00:00", MORNING),
        ("2026年11月20日 10:00", MORNING),
        ("2026年11月20日10时00分", MORNING),
        ("2026年11月20日（周五）上午10:00", MORNING),
        ("发布于 2026 年 11 月 20 日 10：00", MORNING),
        ("20261120T100000", MORNING),
        ("2026년 11월 20일 오전 10:00", MORNING),
        ("November 20, 2026 10:00 AM", MORNING),
        ("1795140000", MORNING),
        ("1795140000000", MORNING),
        ("10小时前", MORNING),
        ("10 hours ago", MORNING),
        ("今天 10:00", MORNING),
        ("昨天 18:00", "2026-11-19T10:00"),
        ("刚刚", "2026-11-20T12:00"),
        ("11月20日 10:00", MORNING),
        ("12月25日 10:00", "2025-12-25T02:00"),
        ("下午 3:00 2026", None),
    ],
)
def test_the_instant_a_text_names(raw: str, instant: str | None) -> None:
    found, precision = read_date(raw, CHINA)
    assert (found and found.strftime("%Y-%m-%dT%H:%M")) == instant
    assert precision == ("minute" if instant else "unknown")


@pytest.mark.parametrize(
    "raw",
    [
        "2026-11-18",
        "2026年11月18日",
        "11月18日",
        "18 November 2026",
        "18. November 2026",
        "18 de noviembre de 2026",
        "Nov 18, 2026",
        "20261118",
        "2026.11.18",
        "2 days ago",
        "2天前",
        "前天",
        "18 novembre 2026",
    ],
)
def test_days_are_days_in_every_zone(raw: str) -> None:
    for clock in (CHINA, AMERICA):
        assert read_date(raw, clock) == (datetime(2026, 11, 18, tzinfo=UTC), "day")


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "0",
        "26-11-20",
        "2099-01-01",
        "9999-12-31",
        "31 Nov 2026",
        "2026-02-30",
        "2026-11-20T25:61:00Z",
        "2026-13-01",
        "20 Nov 10:00 CST",
        "soon",
        "11/20/2026",
        "9" * 13,
        "9" * 90,
        "2026-11-20T10:00:00+99:00",
        "2026-11-22T12:00:00Z",
        "Q3",
        "2026年13月40日",
        "99999小时前",
        "1" * 5000,
        "٢٠٢٦-١١-٢٠x",
    ],
)
def test_what_is_no_certain_date_is_unknown(raw: str) -> None:
    assert read_date(raw, CHINA) == (None, "unknown")


def test_one_zone_name_means_different_things() -> None:
    raw = "Fri, 20 Nov 2026 10:00:00 CST"
    assert read_date(raw, AMERICA)[0] == datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    india = Clock(NOW, ZoneInfo("Asia/Kolkata"), "IN")
    assert read_date("Fri, 20 Nov 2026 10:00:00 IST", india)[0] == datetime(2026, 11, 20, 4, 30, tzinfo=UTC)


def test_both_days_of_summer_time_are_read() -> None:
    assert read_date("2026-11-01 12:00", AMERICA)[0] == datetime(2026, 11, 1, 17, 0, tzinfo=UTC)
    assert read_date("2026-03-08 12:00", AMERICA)[0] == datetime(2026, 3, 8, 16, 0, tzinfo=UTC)


@given(
    st.text(max_size=60)
    | st.from_regex(
        r"\d{1,4}[-/年. ]\d{1,2}[-/月. ]\d{1,2}[日 T]?(\d{1,2}:\d{1,2}(:\d{1,2})?)?( ?[A-Z+-]{1,3}\d{0,4})?"
    )
)
def test_no_text_raises_or_leaves_the_window(raw: str) -> None:
    for clock in (CHINA, AMERICA):
        found, precision = read_date(raw, clock)
        assert (found is None) == (precision == "unknown")
        assert found is None or EARLIEST <= found <= NOW + LATEST_AHEAD


@given(st.datetimes(datetime(1995, 1, 2), datetime(2026, 11, 19)), st.integers(-12 * 4, 14 * 4))  # noqa: DTZ001 - a wall clock
def test_iso_and_mail_dates_are_read_to_the_minute(wall: datetime, quarters: int) -> None:
    offset = timedelta(minutes=15 * quarters)
    sign, minutes = "-" if quarters < 0 else "+", abs(15 * quarters)
    zone = f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
    instant = wall.replace(second=0, microsecond=0, tzinfo=UTC) - offset
    for raw in (f"{wall:%Y-%m-%dT%H:%M:00}{zone}", f"{wall:%a, %d %b %Y %H:%M:00} {zone.replace(':', '')}"):
        expected = instant if instant >= EARLIEST else None
        assert read_date(raw, AMERICA)[0] == expected
