"""Hiring facts as one English and one Chinese line, by templates alone: nothing is said that the facts do not hold.

`Pinduoduo · Shanghai · LLM engineer · ≤ CNY 60,000/month` / `拼多多 · 上海 · 大模型工程师 · 月薪 ≤6万元`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.knowledge.places import places
from pipeline.knowledge.rates import convert
from pipeline.knowledge.roles import roles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from pipeline.facts import Hiring, Pay, Place, Role

_DOT = " · "
_MOST = 3  # roles and places a line; the rest is counted
_PERIOD = {
    "hour": ("/hour", "时薪"),
    "day": ("/day", "日薪"),
    "month": ("/month", "月薪"),
    "year": ("/year", "年薪"),
    "total": (" in total", "总额"),
}
_CURRENCY_ZH = {
    "CNY": "元", "USD": "美元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元", "KRW": "韩元", "HKD": "港元", "TWD": "新台币",
    "SGD": "新加坡元", "INR": "卢比", "CAD": "加元", "AUD": "澳元", "CHF": "瑞士法郎", "AED": "迪拉姆", "SAR": "里亚尔",
}  # fmt: skip
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ACTION = {
    "hire": ("hires", "聘用"), "poach": ("poaches", "挖人"), "recruit": ("recruits", "招聘"), "team": ("builds a team", "组建团队"),
    "acquihire": ("takes over people", "收编团队"), "loss": ("loses people", "人员离开"), "layoff": ("lays off", "裁员"),
    "freeze": ("freezes hiring", "冻结招聘"), "pay": ("pay reported", "薪酬消息"), "retention": ("keeps people", "留人"), "market": ("talent market", "人才市场"),
}  # fmt: skip


def fact_lines(hiring: Hiring, name_of: Callable[[str, str], str]) -> tuple[str, str]:
    """The facts in English and in Chinese; `name_of(player id, "en" or "zh")` gives a player's name."""
    return _line(hiring, "en", name_of), _line(hiring, "zh", name_of)


def _line(hiring: Hiring, language: str, name_of: Callable[[str, str], str]) -> str:
    which = 0 if language == "en" else 1
    parts = [_parties(hiring, language, name_of)]
    if not (hiring.pay or hiring.roles) or not hiring.employers:
        # Between two parties the arrow already says that people leave.
        acts = [act for act in hiring.actions if not (act == "loss" and hiring.employers and len(hiring.actions) > 1)]
        parts.append("/".join(_ACTION[action][which] for action in acts[:2]))
    parts += [
        _some([place_name(place, language) for place in hiring.places], language),
        _some(_roles(hiring.roles, language), language),
        _some([team.text for team in hiring.teams if _is_of_script(team.text, language)][:1], language),
        _some(_names([person.name for person in hiring.people], language), language),
        _headcount(hiring.headcount, language),
        _start(hiring.start_dates[0].date, language) if hiring.start_dates else "",
        ("; " if language == "en" else "；").join(
            pay_text(pay, language) for pay in hiring.pay[:_MOST] if pay.min is not None or pay.max is not None
        ),
    ]
    if hiring.is_denied:
        parts.append(("denied", "已否认")[which])
    elif hiring.is_rumour:
        parts.append(("rumour", "传闻")[which])
    return _DOT.join(part for part in parts if part)


def _parties(hiring: Hiring, language: str, name_of: Callable[[str, str], str]) -> str:
    employers = _some([name_of(player, language) for player in hiring.employers], language)
    losing = _some([name_of(player, language) for player in hiring.losing if player not in hiring.employers], language)
    if employers and losing:
        return f"{employers} ← {losing}"
    return employers or losing


def _some(words: Sequence[str], language: str) -> str:
    """The first few, and how many more there are."""
    joined = (", " if language == "en" else "、").join(words[:_MOST])
    more = len(words) - _MOST
    return joined if more <= 0 else f"{joined} +{more}"


def place_name(place: Place, language: str) -> str:
    """The gazetteer's name in the language of the line."""
    return place.name if language == "en" or place.id not in places() else places()[place.id].chinese


def _roles(found: Sequence[Role], language: str) -> list[str]:
    """Names from the taxonomy where the role is in it, else the words of the text if they are of the line's script; each once."""
    found = [role for role in found if role.id in roles() or _is_of_script(role.text, language)]
    entries = [roles().get(role.id or "") for role in found]
    names = [
        (entry.names[0] if language == "en" else entry.chinese) if entry else role.text
        for entry, role in zip(entries, found, strict=True)
    ]
    return list(dict.fromkeys(names))


_LATIN_ENDS = "\u0250"  # the first character behind Latin letters with and without accents


def _names(names: Sequence[str], language: str) -> list[str]:
    """The names in the line's own script and in Latin letters; those of other scripts only where there are no others."""
    fitting = [name for name in names if max(name) < _LATIN_ENDS or (language == "zh" and _is_of_script(name, "zh"))]
    return fitting or list(names)


def _is_of_script(text: str, language: str) -> bool:
    return text.isascii() if language == "en" else any("\u4e00" <= char <= "\u9fff" for char in text)


def _headcount(count: int | None, language: str) -> str:
    if not count or count == 1:
        return ""
    return f"{count:,} people" if language == "en" else f"{count}人"


def _start(said: str, language: str) -> str:
    """The day, month or year when work begins: "starts 8 Oct 2026", 2026年10月8日到岗."""
    year, month, day = [*map(int, said.split("-")), 0, 0][:3]
    if language == "en":
        return "starts " + " ".join(word for word in (str(day or ""), _MONTHS[month], str(year)) if word)
    return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "") + "到岗"


def pay_text(pay: Pay, language: str) -> str:
    """One pay figure with its bounds: "≤ CNY 60,000/month", 月薪 ≤6万元; the quote where it names no number."""
    if pay.min is None and pay.max is None:
        return f"“{pay.quote}”"
    number = _number_en if language == "en" else _number_zh
    if pay.min == pay.max:
        figure = ("~" if pay.is_approximate else "", number(pay.max or 0))
    elif pay.min is None:
        figure = ("≤", number(pay.max or 0))
    elif pay.max is None:
        figure = ("≥", number(pay.min))
    else:
        figure = ("", f"{number(pay.min)}–{number(pay.max)}")
    period = _PERIOD[pay.period][0 if language == "en" else 1] if pay.period else ""
    if language == "en":
        sign = f"{figure[0]} " if figure[0] else ""
        months = f" × {pay.months:g}" if pay.months else ""
        denied = " (denied)" if pay.is_denied else ""
        return f"{sign}{pay.currency or ''} {figure[1]}{period}{months}{denied}".replace("  ", " ").strip()
    months, denied = f"·{pay.months:g}薪" if pay.months else "", "（已否认）" if pay.is_denied else ""
    unit = _CURRENCY_ZH.get(pay.currency or "", pay.currency or "")
    return f"{period} {figure[0]}{figure[1]}{unit}{months}{denied}".strip()


def _number_en(amount: float) -> str:
    if amount >= 1e6:  # noqa: PLR2004 - below a million, English writes the digits
        return f"{amount / 1e6:,.6g} million"
    return f"{amount:,.0f}"


def _number_zh(amount: float) -> str:
    """Chinese counts in 万 and 亿."""
    for unit, name in ((1e8, "亿"), (1e4, "万")):
        if amount >= unit:
            return f"{amount / unit:.6g}{name}"
    return f"{amount:.6g}"


def converted_text(pay: Pay, into: str, on: date) -> str:
    """The annual (else the plain) upper figure in another currency, marked as derived: "about USD 100,000 (rate of 2024-12-31)"."""
    amount = next((n for n in (pay.annual_max, pay.annual_min, pay.max, pay.min) if n is not None), None)
    if amount is None or pay.currency is None or pay.currency == into:
        return ""
    derived = convert(amount, pay.currency, into, on)
    if derived is None:
        return ""
    digits = -max(0, len(str(int(derived.amount))) - 3)  # three digits: a rate of another day knows no more
    yearly = "/year" if pay.annual_max is not None or pay.annual_min is not None else ""
    return f"about {into} {_number_en(round(derived.amount, digits))}{yearly} (rate of {derived.rate_date.isoformat()})"


def player_names(table: Mapping[str, Mapping[str, str]]) -> Callable[[str, str], str]:
    """A `name_of` from a table of names; an id that is not in it is shown as it is."""
    return lambda player, language: table.get(player, {}).get(language) or player
