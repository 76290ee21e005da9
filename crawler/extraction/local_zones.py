"""The time zone of a page's times without an offset: by its source, its address, its language."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from crawler.sources import Source

# Countries with one zone, or one in which nearly all newsrooms sit; .co, .io, .ai, .tv, .me are used everywhere.
_COUNTRIES = dict(
    pair.split("=")
    for pair in """
ae=Asia/Dubai am=Asia/Yerevan ar=America/Argentina/Buenos_Aires at=Europe/Vienna au=Australia/Sydney az=Asia/Baku ba=Europe/Sarajevo bd=Asia/Dhaka
be=Europe/Brussels bg=Europe/Sofia br=America/Sao_Paulo by=Europe/Minsk ch=Europe/Zurich cl=America/Santiago cn=Asia/Shanghai cy=Asia/Nicosia
cz=Europe/Prague de=Europe/Berlin dk=Europe/Copenhagen ee=Europe/Tallinn eg=Africa/Cairo es=Europe/Madrid fi=Europe/Helsinki fr=Europe/Paris
ge=Asia/Tbilisi gh=Africa/Accra gr=Europe/Athens hk=Asia/Hong_Kong hr=Europe/Zagreb hu=Europe/Budapest id=Asia/Jakarta ie=Europe/Dublin
il=Asia/Jerusalem in=Asia/Kolkata iq=Asia/Baghdad ir=Asia/Tehran is=Atlantic/Reykjavik it=Europe/Rome jo=Asia/Amman jp=Asia/Tokyo ke=Africa/Nairobi
kr=Asia/Seoul kz=Asia/Almaty lb=Asia/Beirut li=Europe/Vaduz lk=Asia/Colombo lt=Europe/Vilnius lu=Europe/Luxembourg lv=Europe/Riga ma=Africa/Casablanca
mk=Europe/Skopje mt=Europe/Malta mx=America/Mexico_City my=Asia/Kuala_Lumpur na=Africa/Windhoek ng=Africa/Lagos nl=Europe/Amsterdam no=Europe/Oslo
np=Asia/Kathmandu nz=Pacific/Auckland pe=America/Lima ph=Asia/Manila pk=Asia/Karachi pl=Europe/Warsaw pt=Europe/Lisbon py=America/Asuncion
qa=Asia/Qatar ro=Europe/Bucharest rs=Europe/Belgrade ru=Europe/Moscow sa=Asia/Riyadh se=Europe/Stockholm sg=Asia/Singapore si=Europe/Ljubljana
sk=Europe/Bratislava th=Asia/Bangkok tr=Europe/Istanbul tw=Asia/Taipei tz=Africa/Dar_es_Salaam ua=Europe/Kyiv ug=Africa/Kampala uk=Europe/London
uy=America/Montevideo ve=America/Caracas vn=Asia/Ho_Chi_Minh za=Africa/Johannesburg zm=Africa/Lusaka zw=Africa/Harare
""".split()
)
# Languages whose newsrooms share a zone; English, Spanish, French, Portuguese and Arabic are written in too many.
_LANGUAGES = dict(
    pair.split("=")
    for pair in (
        "zh=cn zh-hant=tw ja=jp ko=kr de=de it=it nl=nl pl=pl cs=cz sk=sk hu=hu ro=ro bg=bg el=gr tr=tr uk=ua ru=ru he=il hi=in bn=bd "
        "ta=in te=in mr=in th=th vi=vn id=id ms=my sv=se nb=no nn=no no=no da=dk fi=fi et=ee lv=lv lt=lt sr=rs hr=hr sl=si is=is sw=ke"
    ).split()
)


_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
)


def zone_of(source: Source | None, language: str | None, url: str = "", title: str = "") -> tzinfo:
    """The zone of times without an offset: the source's, the domain's country's, the language's usual one, else UTC.

    Where no language is declared, the title's script tells Chinese, Japanese and Korean.
    """
    if source is not None and source.timezone:
        return _zone(source.timezone)
    ending = (urlsplit(url).hostname or "").rpartition(".")[2]
    tag = (language or next((name for name, script in _SCRIPTS if script.search(title)), "")).lower()
    base, _, rest = tag.partition("-")
    region = rest.rpartition("-")[2]
    country = next(
        (code for code in (ending, region, _LANGUAGES.get(tag), _LANGUAGES.get(base)) if code and code in _COUNTRIES),
        "",
    )
    return _zone(_COUNTRIES[country]) if country else UTC


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
