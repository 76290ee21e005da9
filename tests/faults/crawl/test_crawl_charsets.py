"""Every declaration of a charset with every real one, through a real fetch: the right title, or a flag; never silent U+FFFD."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from crawler.discovery import discover
from crawler.extraction import extract
from tests.loopback import Answer, Site, SmallDesk, source

if TYPE_CHECKING:
    from pipeline.document import Article, Document

DECLARED = (None, "utf-8", "gb2312", "iso-8859-1", "x-no-such-charset")
# What a charset cannot write is not asked of it: kana for Shift JIS, 镕 (beyond GB2312) for GBK, 㐀 for GB18030.
REAL = {
    "utf-8": ("轮渡公司订购十艘电动船", "港口的轮渡公司周四表示，已向造船厂订购十艘电动船，首艘将在两年后下水，票价不会上涨。"),
    "gbk": ("朱镕路渡口更换发动机", "渡口的负责人说，新发动机比旧的省油两成，乘客注意到船上安静了许多，有人因此睡过了站。"),
    "gb18030": ("㐀村引进采摘机器人", "果园的主人表示，机器人每小时可以采摘三百个苹果，今年秋天不再需要雇用临时工人，产量反而提高。"),
    "big5": ("渡輪公司訂購十艘電動船", "港口的渡輪公司週四表示，已經向造船廠訂購十艘電動船，首艘將在兩年後下水，票價不會上漲。"),
    "shift_jis": ("渡し船の会社が電動船を注文", "港の渡し船の会社は木曜日、電動船を十隻注文したと発表した。最初の船は二年後に進水し、運賃は上がらないという。"),
}  # fmt: skip


class NotingDesk(SmallDesk):
    """Keeps the documents that come by."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}

    def prepare(self, document: Document) -> Article:
        self.documents[document.url] = document
        return super().prepare(document)  # type: ignore[return-value]


def page(title: str, text: str, meta: str | None) -> str:
    head = f'<meta charset="{meta}">' if meta else ""
    return f"<!doctype html><html><head>{head}<title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"


def feed(links: list[str]) -> bytes:
    items = "".join(f"<item><title>{link[-12:]}</title><link>{link}</link></item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()


def test_titles_are_right_or_flagged(site: Site, go: Any) -> None:
    titles: dict[str, str] = {}
    for number, (http, meta, real) in enumerate(product(DECLARED, DECLARED, REAL)):
        title, text = REAL[real]
        kind = "text/html" + (f"; charset={http}" if http else "")
        site.pages[f"/{number}"] = Answer(page(title, text, meta).encode(real), headers={"Content-Type": kind})
        titles[f"{site.url}/{number}"] = title
    site.pages["/feed"] = Answer(feed(list(titles)), headers={"Content-Type": "application/rss+xml"})
    desk = NotingDesk()
    (outcome,) = go(source(site.url + "/feed"), desk=desk, extract=extract, discover=discover).values()
    assert (outcome.stored, len(desk.documents)) == (len(titles), len(titles))
    wrong = {url: document for url, document in desk.documents.items() if titles[url] not in document.title}
    assert wrong == {}
    assert not any("\ufffd" in document.title + document.text for document in desk.documents.values())


def test_titles_of_feeds_are_right_whatever_is_declared(site: Site, go: Any, store: Any) -> None:
    for number, (declared, real) in enumerate(product(DECLARED, REAL)):
        title = REAL[real][0]
        items = f"<item><title>{title}</title><link>{site.url}/absent/{number}</link></item>"
        body = f'<?xml version="1.0" encoding="{declared or real}"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'
        kind = "application/xml" + (f"; charset={declared}" if declared else "")
        site.pages[f"/feed{number}"] = Answer(body.encode(real), headers={"Content-Type": kind})
    feeds = tuple(f"{site.url}/feed{number}" for number in range(len(DECLARED) * len(REAL)))
    go(source(feeds), extract=extract, discover=discover)
    rows = store.rows("SELECT url, title FROM frontier ORDER BY url")
    told = {int(row.url.rpartition("/")[2]): row.title for row in rows}
    assert told == {number: REAL[real][0] for number, (_, real) in enumerate(product(DECLARED, REAL))}


def test_bytes_that_no_charset_explains_are_flagged(site: Site, go: Any) -> None:
    title, text = REAL["utf-8"]
    body = page(title, text, "utf-8").encode().replace("轮".encode(), b"\xe8\xbd")
    site.pages["/1"] = Answer(body, headers={"Content-Type": "text/html; charset=utf-8"})
    site.pages["/feed"] = Answer(feed([f"{site.url}/1"]), headers={"Content-Type": "application/rss+xml"})
    desk = NotingDesk()
    go(source(site.url + "/feed"), desk=desk, extract=extract, discover=discover)
    (document,) = desk.documents.values()
    assert "\ufffd" in document.title
    assert "charset-doubtful" in document.flags
