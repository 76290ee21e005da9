"""The search keys that hiring facts give: two facts that together few events of four days have.

They find the reports of one event in languages that share no words, and where every name is written in another script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.neutral_facts import neutral_facts, told

if TYPE_CHECKING:
    from pipeline.document import Article

# A party with a figure suffices to be compared by itself; a party with a place, a model or another party only halfway.
_ALONE, _HALF = 24.0, 12.0
_FEW = 3  # people: of so few many articles tell
_MOST = 12
_SEPARATE = frozenset({"layoff", "freeze", "retention", "acquihire"})


def fact_keys(article: Article) -> dict[str, float]:
    """Keys with what sharing them is worth, in bits; the surest ones first."""
    facts = neutral_facts(article.hiring)
    gains, loses = (sorted(told(facts, kind)) for kind in ("gains", "loses"))
    parties = [f"gains:{each}" for each in gains] + [f"loses:{each}" for each in loses]
    sure = [f"heads:{each}" for each in sorted(told(facts, "heads")) if int(each) > _FEW]
    sure += [f"pay:{amount}" for amount in sorted({each.partition(" ")[2] for each in told(facts, "pay")})]
    unsure = [f"place:{each}" for each in sorted(told(facts, "place"))]
    unsure += [f"model:{tag.id}" for tag in article.models]
    if article.hiring:
        unsure += [f"action:{each}" for each in sorted(_SEPARATE.intersection(article.hiring.actions))]
    found = {f"fact:{party} {fact}": _ALONE for fact in sure for party in parties}
    found |= {f"fact:gains:{one} loses:{other}": _HALF for one in gains for other in loses}
    found |= {f"fact:{party} {fact}": _HALF for fact in unsure for party in parties}
    return dict(list(found.items())[:_MOST])
