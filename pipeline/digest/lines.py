"""Facts in one line, in English and Chinese; made of the parts, never of invented words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.digest.changes import Change
    from pipeline.digest.records import FactView, Language, PlayerName
    from pipeline.document import Pay

_LABELS = {
    "denied": ("Denied", "已被否认"),
    "pay": ("Pay", "薪酬"),
    "headcount": ("Headcount", "人数"),
    "place": ("Place", "地点"),
    "employer": ("Employer", "雇主"),
    "losing": ("Leaving", "流出"),
    "person": ("Person", "人物"),
}
_PERIODS = {
    "hour": ("/hour", "时薪"),
    "day": ("/day", "日薪"),
    "month": ("/month", "月薪"),
    "year": ("/year", "年薪"),
    "total": (" in total", "总额"),
}
_CURRENCIES = {"CNY": "元", "USD": "美元", "HKD": "港元", "TWD": "新台币", "JPY": "日元", "KRW": "韩元", "EUR": "欧元", "GBP": "英镑", "SGD": "新元", "INR": "卢比"}  # fmt: skip
_WAN, _YI = 10_000, 100_000_000


def fact_line(facts: FactView, language: Language) -> str:
    """`Pinduoduo · Shanghai · LLM engineer · ≤ CNY 60,000/month`, or the same in Chinese."""
    is_zh = language == "zh"
    parts = [_names(facts.employers, language)]
    if facts.losing:
        parts.append(("来自" if is_zh else "from ") + _names(facts.losing, language))
    parts += [place.name for place in facts.places[:3]]
    parts += [role.text for role in facts.roles[:3]]
    parts += [person.name for person in facts.people[:3]]
    if facts.headcount is not None:
        parts.append(f"{facts.headcount}人" if is_zh else f"{facts.headcount:,} people")
    parts += [_pay(pay, language) for pay in facts.pay[:2]]
    return " · ".join(part for part in parts if part)


def change_line(change: Change, language: Language, names: Mapping[str, PlayerName]) -> str:
    """`Pay: ≤ CNY 50,000/month → ≤ CNY 60,000/month`."""
    label = _LABELS[change.kind][language == "zh"]
    if change.kind == "denied":
        return label
    old, new = (
        ", ".join(_value(change.kind, value, language, names) for value in side) for side in (change.old, change.new)
    )
    colon = "：" if language == "zh" else ": "
    return f"{label}{colon}{old} → {new}" if old else f"{label}{colon}{new}"


def _value(kind: str, value: str, language: Language, names: Mapping[str, PlayerName]) -> str:
    if kind == "pay":
        currency, period, low, high = value.split(":")
        return amount_line(float(low) if low else None, float(high) if high else None, currency, period, language)
    if kind in {"employer", "losing"} and value in names:
        return names[value].zh if language == "zh" else names[value].en
    return value.replace("-", " ").title() if kind in {"place", "person"} else value


def _names(players: tuple[PlayerName, ...], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(player.zh if language == "zh" else player.en for player in players)


def _pay(pay: Pay, language: Language) -> str:
    if pay.min is None and pay.max is None:
        return pay.quote
    return amount_line(pay.min, pay.max, pay.currency or "", pay.period or "", language)


def amount_line(low: float | None, high: float | None, currency: str, period: str, language: Language) -> str:
    """`≤ CNY 60,000/month` or `月薪 ≤6万元`; a bound that is not there is not shown."""
    is_zh = language == "zh"
    numbers = [_number(value, is_zh=is_zh) for value in (low, high) if value is not None]
    if low is not None and high is not None:
        shown = numbers[0] if low == high else "–".join(numbers)
    else:
        shown = ("≥" if high is None else "≤") + ("" if is_zh else " ") + numbers[0] if numbers else ""
    when = _PERIODS.get(period, ("", ""))[is_zh]
    if is_zh:
        return f"{when} {shown}{_CURRENCIES.get(currency, currency)}".strip()
    sign, _, figures = shown.rpartition(" ")
    return " ".join(part for part in (sign, currency, figures) if part) + when


def _number(value: float, *, is_zh: bool) -> str:
    if not is_zh:
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
    for unit, name in ((_YI, "亿"), (_WAN, "万")):
        if abs(value) >= unit:
            return f"{value / unit:.10g}{name}"
    return f"{value:g}"
