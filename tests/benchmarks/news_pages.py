"""Generated news pages as large and as furnished as real ones, the same for every run.

Of 90 real article pages measured, half were between 58 and 190 kB with 400 to 1,100 elements, 90 to 210 of them links, a text
of 2 to 13 kB with ten links in it, and scripts and styles as the largest part; bare trafilatura took 12 to 30 ms for each. Here each publisher has
a template of its own (class names, menus, footer, inline state), each article its own words, pictures, links, teasers and
weight: 50 to 190 kB. No article reports what another does: floods of copies are another benchmark's matter.
"""

from __future__ import annotations

import random
from functools import lru_cache

from tests.benchmarks.generated_news import SYLLABLES, Event, text

PARAGRAPH_WORDS = 34


def _name(dice: random.Random) -> str:
    return "".join(dice.choices(SYLLABLES, k=dice.randint(2, 4)))


def _blob(dice: random.Random, size: int) -> str:
    """What scripts carry: state as JSON and minified code, which compress as such things do, to a quarter."""
    parts: list[str] = []
    while size > 0:
        name, value = _name(dice), dice.getrandbits(64)
        parts.append(f'{{"{name}":{{"id":"{value:x}","type":"{dice.choice(SYLLABLES)}","rank":{value % 97}}}}},')
        parts.append(f"function {name}(e,t){{return e.{dice.choice(SYLLABLES)}?t.push(e[{value % 9}]):void 0}}")
        size -= len(parts[-1]) + len(parts[-2])
    return "".join(parts)


@lru_cache(maxsize=400)
def _template(publisher: int) -> tuple[str, str, str, str]:
    """Head, menu, foot and class prefix of a publisher."""
    dice = random.Random(publisher * 7919 + 1)
    prefix = _name(dice)
    menu = "".join(
        f'<li class="{prefix}-menu__item"><a class="{prefix}-menu__link" href="/section/{_name(dice)}">{_name(dice).title()}</a></li>'
        for _ in range(dice.randint(35, 70))
    )
    columns = "".join(
        f'<div class="{prefix}-foot__column"><h4>{_name(dice).title()}</h4><ul>'
        + "".join(f'<li><a href="/{_name(dice)}">{_name(dice)} {_name(dice)}</a></li>' for _ in range(6))
        + "</ul></div>"
        for _ in range(5)
    )
    styles = "".join(f".{prefix}-{_name(dice)}{{margin:0 {n % 24}px;display:flex}}" for n in range(150))
    head = f"<style>{styles}</style><script>window.__CONFIG__={_blob(dice, 9_000)}</script>"
    foot = f'<footer class="{prefix}-foot">{columns}<p>All rights reserved</p></footer>'
    return head, f'<nav class="{prefix}-menu"><ul>{menu}</ul></nav>', foot, prefix


def _paragraph(prefix: str, words: list[str], dice: random.Random) -> str:
    """A paragraph with the inline elements that editors set."""
    run = list(words)
    for kind in dice.choices(("a", "strong", "em", ""), weights=(1, 1, 1, 6), k=3):
        at = dice.randrange(len(run))
        if kind:
            link = f' href="/topic/{_name(dice)}"' if kind == "a" else ""
            run[at] = f"<{kind}{link}>{run[at]}</{kind}>"
    inside = " ".join(run).replace(" .", ".")
    return f'<div class="{prefix}-block"><p class="{prefix}-text">{inside}.</p></div>'


def _said(dice: random.Random, words: int) -> str:
    return " ".join(_name(dice) for _ in range(words)).capitalize() + "."


def _comment(prefix: str, dice: random.Random) -> str:
    said = "".join(f"<p>{_said(dice, 18)}</p>" for _ in range(dice.randint(1, 2)))
    return f'<li class="{prefix}-comment"><div><b>{_name(dice)}</b><time>{dice.randrange(2, 50)} h</time></div><div>{said}</div></li>'


def _card(prefix: str, dice: random.Random) -> str:
    title = _said(dice, 7)
    path = f"/a/{_name(dice)}-{dice.randrange(10**7)}"
    return (
        f'<div class="{prefix}-card"><div class="{prefix}-card__media"><a href="{path}"><picture><img src="{path}.jpg" alt="">'
        f'</picture></a></div><div class="{prefix}-card__body"><h3><a href="{path}"><span>{title}</span></a></h3>'
        f'<p>{_said(dice, 12)}</p><svg viewBox="0 0 9 9"><path d="M1 1h7v7"></path></svg><time>{dice.randrange(2, 23)} h</time></div></div>'
    )


def article(publisher: int, number: int) -> bytes:
    """One article's page."""
    dice = random.Random(publisher * 100_003 + number)
    seed = dice.getrandbits(48)
    head, menu, foot, prefix = _template(publisher)
    words = text(Event(seed), "en", seed, words=dice.randint(450, 1500)).split(" ")
    title = " ".join(words[:9]).strip(" .").capitalize()
    runs = [words[at : at + PARAGRAPH_WORDS] for at in range(0, len(words), PARAGRAPH_WORDS)]
    parts = [_paragraph(prefix, run, dice) for run in runs]
    for at in range(3, len(parts), 5):
        parts.insert(
            at, f'<figure><img src="/i/{at}.jpg"><figcaption>{_name(dice).title()} {_name(dice)}</figcaption></figure>'
        )
    teasers = "".join(_card(prefix, dice) for _ in range(dice.randint(20, 45)))
    comments = "".join(_comment(prefix, dice) for _ in range(dice.randint(0, 16)))
    state = _blob(dice, dice.randint(8_000, 95_000))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | {prefix.title()}</title>{head}'
        f'<meta property="og:title" content="{title}"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="2026-11-{10 + number % 9}T08:00:00Z"></head><body>'
        f'<header class="{prefix}-head"><a href="/">{prefix.title()}</a>{menu}</header><div class="{prefix}-page"><main>'
        f'<article class="{prefix}-article"><h1>{title}</h1><div class="{prefix}-share"><a href="#">Share</a></div>'
        f'<div class="{prefix}-body">{"".join(parts)}</div></article><section class="{prefix}-comments"><ul>{comments}</ul></section></main><aside class="{prefix}-side">{teasers}</aside></div>'
        f"{foot}<script>window.__STATE__={state}</script></body></html>"
    ).encode()
