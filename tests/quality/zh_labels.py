"""The Chinese development pages labelled by hand: which paragraphs are the article, as hashes in order, without text."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from crawler.extraction.declared import squeezed
from crawler.extraction.markup import parse
from crawler.extraction.segments import segment

LABELS = Path(__file__).parent / "labels" / "zh_pages.jsonl"


def labels() -> dict[str, list[str]]:
    """Page id to the hashes of its article's paragraphs."""
    rows = map(json.loads, LABELS.read_text("utf-8").strip().split("\n"))
    return {row["id"]: row["paragraphs"] for row in rows}


def truth(html: str, paragraphs: list[str]) -> str:
    """The article's text, looked up by hash in the page.

    Raises:
        LookupError: the page does not hold a labelled paragraph.
    """
    tree = parse(html)
    assert tree is not None
    texts: dict[str, str] = {}
    for item in segment(tree.find("body")):
        texts.setdefault(hashlib.blake2b(squeezed(item.text).encode(), digest_size=6).hexdigest(), item.text)
    return "\n".join(texts[key] for key in paragraphs)
