from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.date_words import DAYS_BACK, MONTHS, UNITS
from crawler.extraction.instants import read_instant

if TYPE_CHECKING:
    from collections.abc import Callable

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
    assert instant.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M") == at
    assert instant.precision == precision


UTC_DAY = "2024-04-26"


@pytest.mark.parametrize(
    "text",
    [
        "26 April 2024",
        "Friday, 26th April, 2024",
        "April 26th, 2024",
        "Apr. 26, 2024",
        "26-Apr-2024",
        "26. April 2024",
        "Freitag, 26.04.2024",
        "26.04.24, 10:15 Uhr",
        "Stand: 26.04.24",
        "26 avril 2024",
        "le vendredi 26 avr. 2024",
        "26 de abril de 2024",
        "26 abr. 2024",
        "26 d'abril de 2024",
        "26 aprile 2024",
        "26 april 2024",
        "26 kwietnia 2024",
        "26 dubna 2024",
        "26. apríla 2024",
        "2024. április 26.",
        "26 aprilie 2024",
        "26 април 2024 г.",
        "26 апреля 2024 года",
        "26 квітня 2024 року",
        "26 Απριλίου 2024",
        "26 Nisan 2024 Cuma",
        "26 NİSAN 2024, CUMA",
        "26 NISAN 2024 Saat: 00:06 (yerel)",
        "26. huhtikuuta 2024",
        "26. aprill 2024",
        "2024. gada 26. aprīlis",
        "2024 m. balandžio 26 d.",
        "26 Aprili 2024",
        "Jumat, 26 Apr 2024",
        "Thứ Sáu, 26/4/2024",
        "Ngày 26 tháng 4 năm 2024",
        "26 Tháng Tư, 2024",
        "26 أبريل 2024",
        "26 نيسان/أبريل 2024",
        "٢٦ نيسان ٢٠٢٤",
        "26 באפריל 2024",
        "26 अप्रैल 2024",
        "२६ अप्रैल २०२४",
        "২৬ এপ্রিল ২০২৪",
        "26 เมษายน 2567",
        "26 เม.ย. 2567",
        "2024년 4월 26일 (금)",
        "2024. 4. 26.",
        "2024年4月26日（金）",
        "二〇二四年四月二十六日",
    ],
)
def test_months_are_known_in_the_languages_of_news(text: str) -> None:
    instant = read_instant(text, now=NOW)
    assert instant is not None
    assert instant.at.date().isoformat() == UTC_DAY


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("26 апреля 2024, 10:15", "10:15"),
        ("26 Nisan 2024 Cuma 10:15", "10:15"),
        ("26 April 2024 | 10.15 WIB", "10:15"),
        ("Jumat, 26 Apr 2024 10:15 WIB", "10:15"),
        ("Thứ sáu, 26/4/2024, 10:15 (GMT+7)", "10:15"),
        ("26 avril 2024 à 22h15", "22:15"),
        ("26/04/2024 às 22h15", "22:15"),
        ("26 april 2024 om 22u15", "22:15"),
        ("26 Απριλίου 2024, 10:15 μ.μ.", "22:15"),
        ("26 Apr 2024 10:15 PM IST", "22:15"),
        ("26. huhtikuuta 2024 klo 10.15", "10:15"),
        ("26 เม.ย. 2567 เวลา 10:15 น.", "10:15"),
        ("2024년 4월 26일 오후 10:15", "22:15"),
        ("2024-04-26 10:15:30 +0700", "10:15"),
        ("2024-04-2610:15", "10:15"),
        ("发布时间：24-04-2610:15", "10:15"),
    ],
)
def test_the_time_behind_the_day_is_read(text: str, local: str) -> None:
    instant = read_instant(text, now=NOW)
    assert instant is not None
    assert instant.at.strftime("%Y-%m-%d %H:%M") == f"{UTC_DAY} {local}"


def test_the_day_is_the_publishers_whatever_the_offset() -> None:
    for text in ("2024-04-26T00:30:00+09:00", "Fri, 26 Apr 2024 23:30:00 -0700", "26 Apr 2024 23:30 EDT"):
        instant = read_instant(text, now=NOW, zone=SHANGHAI)
        assert instant is not None
        assert instant.at.date().isoformat() == UTC_DAY


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("3 часа назад", "2026-11-20 09:00"),
        ("3 saat önce", "2026-11-20 09:00"),
        ("il y a 3 heures", "2026-11-20 09:00"),
        ("3 ore fa", "2026-11-20 09:00"),
        ("3 jam yang lalu", "2026-11-20 09:00"),
        ("3 giờ trước", "2026-11-20 09:00"),
        ("Вчера, 10:20", "2026-11-19 10:20"),
        ("Hoje às 10h20", "2026-11-20 10:20"),
        ("26 April, 10:20", "2026-04-26 10:20"),
        ("Dec 25", "2025-12-25 00:00"),
        ("昨天", "2026-11-19 00:00"),
        ("Mara Lind 26/4/24 10:20 yesterday", "2024-04-26 10:20"),
    ],
)
def test_relative_times_and_days_without_a_year(text: str, at: str) -> None:
    instant = read_instant(text, now=NOW)
    assert instant is not None
    assert instant.at.strftime("%Y-%m-%d %H:%M") == at


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
        "version 10.2.24 of the driver is out",
        "In May 26 engineers left, and in June 30 more did",
        "오늘의 신문",
        "今天的报纸",
        "signed on August 14, 1935",
        "hier à Paris on en parle encore",
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
    dashed = read_instant("03-04-2024", now=NOW, month_first=True)  # slashes are the American form
    assert dashed is not None
    assert dashed.at.month == 4


@pytest.mark.parametrize("text", ["3 KASIM 2024", "3 Kasım 2024", "3 KASİM 2024"])
def test_capitals_with_and_without_a_dot_are_one(text: str) -> None:
    instant = read_instant(text, now=NOW)
    assert instant is not None
    assert instant.at.date().isoformat() == "2024-11-03"


_PIECES = [
    *MONTHS,
    *UNITS,
    *DAYS_BACK,
    "26",
    "2024",
    "3",
    "ago",
    "vor",
    "10:15",
    "İ",
    "KASIM",
    ".",
    ",",
    "/",
    "年",
    "下午",
    "GMT+7",
    "25:99",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=7), st.sampled_from([str.upper, str.lower, str.title]))
def test_no_mixture_of_date_words_raises(pieces: list[str], case: Callable[[str], str]) -> None:
    instant = read_instant(case(" ".join(pieces)), now=NOW, zone=SHANGHAI)
    assert instant is None or instant.at <= NOW + timedelta(hours=24)


@given(st.text(max_size=80))
def test_never_raises_and_never_lies_ahead(text: str) -> None:
    instant = read_instant(text, now=NOW, zone=SHANGHAI)
    assert instant is None or instant.at <= NOW + timedelta(hours=24)


@given(st.datetimes(min_value=datetime(1991, 1, 1), max_value=datetime(2026, 11, 1)))  # noqa: DTZ001
def test_any_day_written_in_chinese_is_read_back(moment: datetime) -> None:
    instant = read_instant(f"{moment.year}年{moment.month}月{moment.day}日", now=NOW, zone=SHANGHAI)
    assert instant is not None
    assert (instant.at.year, instant.at.month, instant.at.day) == (moment.year, moment.month, moment.day)
