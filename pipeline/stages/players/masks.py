"""Stretches of a text in which nothing is named: web addresses, e-mail addresses, credits of pictures."""

from __future__ import annotations

import re

_ENDINGS = (
    "com|cn|org|net|io|ai|co|jp|kr|tw|hk|de|fr|es|it|uk|eu|us|dev|app|me|info|gov|edu|xyz|tech|news|tv|so|im|fyi|ru|in"
)
# Addresses end where the alphabet ends: Chinese text goes on right behind them.
_REST = r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*"
_ADDRESS = re.compile(
    rf"""
    (?P<link> (?:https?://|www\.) {_REST} )
  | (?P<mail> [A-Za-z0-9._%+-]+ @ [A-Za-z0-9-]+ (?:\.[A-Za-z0-9-]+)+ )
  | (?<![A-Za-z0-9@.-]) (?P<domain> (?:[A-Za-z0-9-]+\.)+ (?:{_ENDINGS}) ) (?![A-Za-z0-9-]) (?P<path> / {_REST} )?
    """,
    re.VERBOSE,
)

# Who took or drew a picture, as outlets of eight languages say it: all of a bracket or of a short line.
_OPENING = re.compile(r"[\n(（\[【▲]")
_CREDIT = re.compile(
    r"""
    \s* (?:
        (?:photo|image|picture|illustration|screenshot)s? (?:\ (?:credits?|by|courtesy\ of|source|via))? \s? [:：/]
      | photos? \ (?:by|via|courtesy\ of) \b
      | (?:foto|bild|bildquelle|crédits?|crédits?\ photo|crédits?\ image|photo\ d'illustration|imagen) \s? [:：/]
      | (?:图源|圖源|图片来源|圖片來源|封面来源|题图来源|图片提供|圖片提供|图|圖) \s? [:：/／|]
      | (?:사진|그림|이미지|자료사진) \s? [=ㅣ:]
      | (?:画像|写真|図版)(?:提供|出典|クレジット)? \s? [:：=＝]
    ) [^\n\])）】]{1,50} (?=[\n\])）】]|$)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def find_masks(text: str) -> list[tuple[int, int]]:
    """Spans of credits and addresses. A bare domain written as a name, such as Amazon.com, is none."""
    found: list[tuple[int, int]] = []
    starts = (0, *(opening.end() for opening in _OPENING.finditer(text)))
    found.extend(credit.span() for start in starts if (credit := _CREDIT.match(text, start)))
    at = text.find(".")
    while 0 <= at < len(text) - 1:
        end = at + 1
        if _is_visible(text[end]):
            # A dot inside a run of visible ASCII: only there can an address be.
            start = at
            while start and _is_visible(text[start - 1]):
                start -= 1
            while end < len(text) and _is_visible(text[end]):
                end += 1
            found.extend(match.span() for match in _ADDRESS.finditer(text, start, end) if not _is_name(match))
        at = text.find(".", end)
    return found


def _is_visible(char: str) -> bool:
    return "!" <= char <= "~"


def _is_name(match: re.Match[str]) -> bool:
    """Whether a match is a bare domain with a capital, a digit first, or so short that it can be but a name (c.ai, x.ai)."""
    domain = match["domain"]
    if not domain or match["path"] or domain.count(".") > 1:
        return False
    first, _, ending = domain.removeprefix("ex-").partition(".")
    return first[0].isdigit() or not first.islower() or ending == "in" or (len(first) == 1 and ending == "ai")
