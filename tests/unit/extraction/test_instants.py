from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.instants import read_instant

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "at", "precision"),
    [
        ("2026年11月20日", "2026-11-20T00:00", "day"),
        ("发布时间：2023年11月23日 10:05 来源：某报", "2023-11-23T02:05", "minute"),
        ("2023年11月23日下午3时05分", "2023-11-23T07:05", "minute"),
        ("二〇二三年十一月二十七日", "2023-11-27T00:00", "day"),
        ("民國113年3月5日", "2024-03-05T00:00", "day"),
        ("令和6年3月5日", "2024-03-05T00:00", "day"),
        ("2024.03.05. 오후 3:05", "2024-03-05T07:05", "minute"),
        ("11月20日 10:00", "2026-11-20T02:00", "minute"),
        ("12月25日", "2025-12-25T00:00", "day"),
        ("发布时间: 19-10-08 12:53", "2019-10-08T04:53", "minute"),
        ("2023-11-27T10:00:00.123+08:00", "2023-11-27T02:00", "minute"),
        ("2024-03-05T00:00:00+01:00", "2024-03-05T00:00", "day"),
        ("20231127", "2023-11-27T00:00", "day"),
        ("1732060800", "2024-11-20T00:00", "minute"),
        ("Mon, 27 Nov 2023 10:00:00 GMT", "2023-11-27T10:00", "minute"),
        ("Nov. 27, 2023 at 10:00 a.m. EST", "2023-11-27T15:00", "minute"),
        ("27. November 2023 um 10:05 Uhr", "2023-11-27T02:05", "minute"),
        ("27 de noviembre de 2023", "2023-11-27T00:00", "day"),
        ("1 января 2024", "2024-01-01T00:00", "day"),
        ("27/11/2023", "2023-11-27T00:00", "day"),
        ("2024-03-05 10:00 CST", "2024-03-05T02:00", "minute"),
        ("3小时前", "2026-11-20T09:00", "minute"),
        ("vor 3 Stunden", "2026-11-20T09:00", "minute"),
        ("昨天 10:20", "2026-11-19T02:20", "minute"),
        ("3 days ago", "2026-11-17T00:00", "day"),
    ],
)
def test_reads(text: str, at: str, precision: str) -> None:
    instant = read_instant(text, now=NOW, zone=SHANGHAI)
    assert instant is not None
    assert instant.at.strftime("%Y-%m-%dT%H:%M") == at
    assert instant.precision == precision


@pytest.mark.parametrize(
    "text",
    [
        "0000-00-00",
        "31 Nov 2023",
        "1970-01-01",
        "2099-01-01",
        "2018年6月",
        "2023/12",
        "May 2024",
        "5 min read",
        "",
        "第20届",
        "2026年13月1日",
    ],
)
def test_does_not_make_up_what_is_not_said(text: str) -> None:
    assert read_instant(text, now=NOW, zone=SHANGHAI) is None


def test_month_and_day_follow_the_place() -> None:
    american = read_instant("03/04/2024", now=NOW, month_first=True)
    other = read_instant("03/04/2024", now=NOW)
    assert american is not None
    assert other is not None
    assert (american.at.month, other.at.month) == (3, 4)


@given(st.text(max_size=80))
def test_never_raises_and_never_lies_ahead(text: str) -> None:
    instant = read_instant(text, now=NOW, zone=SHANGHAI)
    assert instant is None or instant.at <= NOW + timedelta(hours=24)


@given(st.datetimes(min_value=datetime(1991, 1, 1), max_value=datetime(2026, 11, 1)))  # noqa: DTZ001
def test_any_day_written_in_chinese_is_read_back(moment: datetime) -> None:
    instant = read_instant(f"{moment.year}年{moment.month}月{moment.day}日", now=NOW, zone=SHANGHAI)
    assert instant is not None
    assert (instant.at.year, instant.at.month, instant.at.day) == (moment.year, moment.month, moment.day)
