"""What an address alone suggests of a publisher: country, time zone and language by its top-level domain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.sources.tags import check_language

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Origin:
    """A guess for a person to confirm."""

    country: str
    timezone: str
    language: str


# Country-code domains of the countries the registry covers; generic ones say nothing.
_BY_DOMAIN = {
    "cn": Origin("CN", "Asia/Shanghai", "zh-Hans"),
    "hk": Origin("HK", "Asia/Hong_Kong", "zh-Hant"),
    "tw": Origin("TW", "Asia/Taipei", "zh-Hant"),
    "sg": Origin("SG", "Asia/Singapore", "en"),
    "jp": Origin("JP", "Asia/Tokyo", "ja"),
    "kr": Origin("KR", "Asia/Seoul", "ko"),
    "in": Origin("IN", "Asia/Kolkata", "en-IN"),
    "uk": Origin("GB", "Europe/London", "en-GB"),
    "ie": Origin("IE", "Europe/Dublin", "en-IE"),
    "de": Origin("DE", "Europe/Berlin", "de"),
    "at": Origin("AT", "Europe/Vienna", "de"),
    "ch": Origin("CH", "Europe/Zurich", "de"),
    "fr": Origin("FR", "Europe/Paris", "fr"),
    "es": Origin("ES", "Europe/Madrid", "es"),
    "it": Origin("IT", "Europe/Rome", "it"),
    "nl": Origin("NL", "Europe/Amsterdam", "nl"),
    "se": Origin("SE", "Europe/Stockholm", "sv"),
    "br": Origin("BR", "America/Sao_Paulo", "pt-BR"),
    "ca": Origin("CA", "America/Toronto", "en"),
    "au": Origin("AU", "Australia/Sydney", "en-AU"),
}
# Languages that are at home in one country above all.
_BY_LANGUAGE = {
    language: _BY_DOMAIN[domain]
    for language, domain in (
        ("zh-Hans", "cn"), ("zh-Hant", "tw"), ("ja", "jp"), ("ko", "kr"), ("de", "de"), ("fr", "fr"), ("it", "it"),
    )
}  # fmt: skip
_ELSEWHERE = Origin("US", "UTC", "mul")
_CHINESE = {
    "zh": "zh-Hans",
    "zh-cn": "zh-Hans",
    "zh-sg": "zh-Hans",
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-mo": "zh-Hant",
}
_SUBTAG = re.compile(r"[-_]")


def origin_of(url: str, language: str = "") -> Origin:
    """The guess for an address in a language; where neither tells, the United States, UTC and several languages."""
    by_domain = _BY_DOMAIN.get((urlsplit(url).hostname or "").rpartition(".")[2])
    return by_domain or _BY_LANGUAGE.get(language.partition("-")[0], _BY_LANGUAGE.get(language, _ELSEWHERE))


def language_of(declared: str | None) -> str:
    """A declared language (`zh_CN`, `EN-us`) as the registry writes it; empty where it is none."""
    parts = _SUBTAG.split((declared or "").strip())
    whole = "-".join(parts).lower()
    if whole in _CHINESE:
        return _CHINESE[whole]
    for tag in (parts[0].lower() + "".join(f"-{_cased(part)}" for part in parts[1:]), parts[0].lower()):
        try:
            return check_language(tag)
        except ValueError:
            continue
    return ""


def _cased(subtag: str) -> str:
    return subtag.title() if len(subtag) == len("Hans") else subtag.upper()


def slug(*texts: str) -> str:
    """An id from the first text that has enough Latin letters: `Daily Tech (AI)` becomes `daily-tech-ai`."""
    for text in texts:
        found = "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:64].strip("-")
        if len(found) > 2:  # noqa: PLR2004 - one or two letters say too little
            return found
    return "source"


def free_id(wanted: str, taken: Collection[str]) -> str:
    """The id, or with the first number that is free."""
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted[:60]}-{number}"
    return found
