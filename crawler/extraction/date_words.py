"""Words of dates: month names, units of time, abbreviations of time zones."""

from __future__ import annotations

MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "january jan januar jän jänner janvier janv enero ene gennaio gen janeiro januari stycznia stycznia января янв ocak leden januára",
        "february feb februar février févr fév febrero febbraio fevereiro fev februari lutego февраля фев şubat únor",
        "march mar märz mär mrz mars marzo março maart mrt marca марта мар mart března",
        "april apr avril avr abril abr aprile kwietnia апреля апр nisan dubna",
        "may mai mayo maggio mag maio mei maj maja мая май mayıs května",
        "june jun juni juin junio giugno giu junho czerwca июня июн haziran června",
        "july jul juli juillet juil julio luglio lug julho lipca июля июл temmuz července",
        "august aug août aoû agosto ago augustus sierpnia августа авг ağustos srpna",
        "september sept sep septembre septiembre settembre set setembro września сентября сен eylül září",
        "october oct oktober okt octobre octubre ottobre ott outubro out października октября окт ekim října",
        "november nov novembre noviembre novembro listopada ноября ноя kasım listopadu",
        "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember grudnia декабря дек aralık prosince",
    ),
    1,
):
    MONTHS.update(dict.fromkeys(_names.split(), _number))
# In seconds.
UNITS = {
    "second": 1, "sec": 1, "秒": 1, "초": 1, "sekunde": 1, "seconde": 1, "segundo": 1,
    "minute": 60, "min": 60, "分钟": 60, "分鐘": 60, "分": 60, "분": 60, "minuto": 60,
    "hour": 3600, "hr": 3600, "小时": 3600, "小時": 3600, "時間": 3600, "시간": 3600, "stunde": 3600, "heure": 3600, "hora": 3600,
    "day": 86400, "天": 86400, "日": 86400, "일": 86400, "tag": 86400, "jour": 86400, "día": 86400, "dia": 86400,
    "week": 604800, "周": 604800, "週": 604800, "woche": 604800, "semaine": 604800, "semana": 604800,
}  # fmt: skip
# In hours from UTC.
ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "BST": 1, "WET": 0, "CET": 1, "CEST": 2, "MEZ": 1, "EET": 2, "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "ET": -5,
    "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "PT": -8, "IST": 5.5, "SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11,
}  # fmt: skip
