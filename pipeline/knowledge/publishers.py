"""Publisher families and credits: which hosts are one outlet, and whom a text names as its origin."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.folding import fold_key

# Second-level labels under which registries sell names: example.com.cn is one site, com.cn is none.
_SHARED_LABELS = frozenset("ac co com edu gov net or org".split())
_MIN_LABELS = 2
# Only the head and the tail of a text carry credits; a name in the middle is a quotation.
_HEAD_CHARS, _TAIL_CHARS = 240, 200
_HAN_CREDIT = r"(?:来源|转自|转载自|原载|首发于|编译自|出处|文)[::／/|｜ ]{{1,3}}[^\n]{{0,12}}?(?:{names})"
_ACCORDING = r"(?:据|來自|来自)[^\n。,，]{{0,6}}(?:{names})[^\n。]{{0,10}}?(?:报道|消息|电|称|讯)|(?:{names})(?:消息|电|讯|[^\n。,，]{{0,8}}(?:独家)?(?:获悉|报道))"
_LATIN_CREDIT = r"\b(?:via|source|courtesy of|originally published (?:by|in|on)|first (?:published|appeared) (?:by|in|on)|according to|reported by|by|—|-|©)[: ]{{1,2}}(?:{names})\b"
_DATELINE = r"\((?:{names})\) ?[-—–]"
_LAST_LINE = r"[.!?。！？”\"]\s*(?:{names})\s*$"


@cache
def _publishers() -> tuple[dict[str, str], dict[str, str]]:
    table = tomllib.loads((files("pipeline.knowledge") / "publishers.toml").read_text(encoding="utf-8"))
    hosts = {host: row["id"] for row in table["publisher"] for host in row["hosts"]}
    names = {fold_key(name): row["id"] for row in table["publisher"] for name in row["names"]}
    return hosts, names


def family(host: str) -> str:
    """The outlet a host belongs to: a publisher's id, else the registrable domain."""
    labels = host.lower().split(":")[0].strip(".").split(".")
    size = _MIN_LABELS + (len(labels) > _MIN_LABELS and labels[-2] in _SHARED_LABELS)
    domain = ".".join(labels[-size:])
    return _publishers()[0].get(domain, domain)


@cache
def _credit_pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_publishers()[1], key=len, reverse=True))
    wordings = (_HAN_CREDIT, _ACCORDING, _LATIN_CREDIT, _DATELINE, _LAST_LINE)
    return re.compile("|".join(wording.format(names=names) for wording in wordings))


@cache
def _name_pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in sorted(_publishers()[1], key=len, reverse=True)))


@lru_cache(maxsize=64)  # asked by several rooms for the same article
def credited(text: str) -> tuple[str, ...]:
    """Ids of publishers that the head or tail of a text credits as its origin, sorted."""
    found = set()
    for part in (text[:_HEAD_CHARS], text[-_TAIL_CHARS:]):
        for credit in _credit_pattern().finditer(fold_key(part)):
            found |= {_publishers()[1][name] for name in _name_pattern().findall(credit.group())}
    return tuple(sorted(found))


# "编译", "译者" and the like say it; foreign names with their Latin spelling in brackets betray it.
_SAYS_TRANSLATED = re.compile(
    r"编译|译者|译自|翻译[:：]|本文由.{0,12}翻译|translated (?:from|by)|machine.translat|übersetz|traduit (?:de|par)|翻訳"
)
_GLOSSED_NAME = re.compile(r"[\u3400-\u9fff]\s?[（(][A-Z][a-z]+(?: [A-Z][a-z]+)+[）)]")
_LEAST_GLOSSED = 2


@lru_cache(maxsize=64)
def reads_translated(text: str, language: str) -> bool:
    """Whether a text shows signs of being a translation: it says so, glosses foreign names, or opens with an outlet of another language."""
    head, tail = fold_key(text[:_HEAD_CHARS]), fold_key(text[-_TAIL_CHARS:])
    if _SAYS_TRANSLATED.search(head) or _SAYS_TRANSLATED.search(tail):
        return True
    if len(_GLOSSED_NAME.findall(text)) >= _LEAST_GLOSSED:
        return True
    tongue = language.partition("-")[0]
    named = {_publishers()[1][name] for name in _name_pattern().findall(head)}
    return any(_tongues().get(publisher, tongue) != tongue for publisher in named)


@cache
def _tongues() -> dict[str, str]:
    table = tomllib.loads((files("pipeline.knowledge") / "publishers.toml").read_text(encoding="utf-8"))
    return {row["id"]: row["language"] for row in table["publisher"] if "language" in row}
