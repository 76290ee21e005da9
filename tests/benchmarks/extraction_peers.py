"""One peer over a batch of pages, in the peers' own environment: JSON lines in, JSON lines out.

    python extraction_peers.py NAME < pages.jsonl

A line in is `{"html", "url", "lang"}`, a line out `{"text", "seconds", "error"}`. Where a peer asks for the page's language, it
is told: newspaper4k and goose3 choose their stop words and their way to cut Chinese into words by it.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

# The first call loads word lists; what that costs belongs to no page.
WARM_UP = {
    "en": "<html><body><article><h1>A warm-up</h1><p>{}</p></article></body></html>".format("Some words of it. " * 40),
    "zh": "<html><body><article><h1>热身</h1><p>{}</p></article></body></html>".format("这是几句热身的话。" * 40),
}


def readability(html: str, url: str, lang: str) -> str:
    summary = import_module("readability").Document(html).summary()
    return str(import_module("lxml.html").fromstring(summary).text_content())


def newspaper(html: str, url: str, lang: str) -> str:
    article = import_module("newspaper").Article(url, language=lang, fetch_images=False)
    article.download(input_html=html)
    article.parse()
    return str(article.text)


def goose(html: str, url: str, lang: str) -> str:
    settings: dict[str, Any] = {"enable_image_fetching": False}
    if lang == "zh":
        chinese = import_module("goose3.text").StopWordsChinese
        settings |= {"stopwords_class": chinese, "use_meta_language": False, "target_language": "zh"}
    return str(import_module("goose3").Goose(settings).extract(raw_html=html).cleaned_text)


def resiliparse(html: str, url: str, lang: str) -> str:
    plain = import_module("resiliparse.extract.html2text").extract_plain_text
    return str(plain(html, main_content=True, alt_texts=False))


PEERS: dict[str, Callable[[str, str, str], str]] = {
    "readability-lxml": readability,
    "newspaper4k": newspaper,
    "goose3": goose,
    "resiliparse": resiliparse,
}


def answer(work: Callable[[str, str, str], str], page: dict[str, str]) -> dict[str, Any]:
    start, text, error = time.process_time(), "", None
    try:
        text = work(page["html"], page["url"], page["lang"]) or ""
    except Exception as raised:  # noqa: BLE001 - a peer that fails on a page has found nothing there
        error = type(raised).__name__
    return {"text": text, "seconds": time.process_time() - start, "error": error}


def main() -> None:
    work = PEERS[sys.argv[1]]
    for lang, html in WARM_UP.items():
        answer(work, {"html": html, "url": "https://news.example/a/1.html", "lang": lang})
    for line in sys.stdin:
        print(json.dumps(answer(work, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
