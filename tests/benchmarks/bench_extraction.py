"""Extractors side by side on the development pages: F1, precision, recall, leak share, empty results, CPU time; titles, days.

    python tests/benchmarks/bench_extraction.py [--shared FOLDER] [--peers PYTHON|none]

hirewire and trafilatura run in this interpreter, the peers in an environment of their own, which `make bench-extraction`
builds from .ci/lock/peers.txt. One table for the English pages with truth, one for the hand-labelled Chinese.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "quality")]

from crawler.page import Page  # noqa: E402 - found by the path above
from tests.quality.shingles import page_score  # noqa: E402 - likewise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Row = dict[str, Any]
PEERS_PYTHON = ROOT / "var" / "bench-peers" / "bin" / "python"
PEER_SECONDS = 900  # of the clock, for all pages together; the slowest peer took 150 on two busy cores
PEERS_CODE = Path(__file__).with_name("extraction_peers.py")
GROUPS = ("en", "zh")
PLACEHOLDER = "https://news.example/a/1.html"  # the Chinese pages come without their addresses
PEERS = ("readability-lxml", "newspaper4k", "goose3", "resiliparse")
# Formulas of page junk, each a whole line or a notice; the truth of a page must not hold what counts as a leak.
LEAKS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"leave a (?:reply|comment)|post a comment|click to comment",
        r"connect with us|follow us (?:on|:)",
        r"\bsubscribe (?:now|to|today|for)|sign up (?:for|to) (?:our|the|get)|newsletter",
        r"all rights reserved|copyright ?(?:©|\(c\)|\d{4})|©\s?\d{4}",
        r"^(?:read more|related (?:articles|stories|posts|topics)|recommended|more from|most (?:read|popular))\b.{0,60}$",
        r"^(?:share(?: this.*)?|tweet|print|email|advertisement|sponsored|ad)$",
        r"we use cookies|cookie policy|accept (?:all )?cookies",
        r"责任编辑|责编|編輯[:：]|（编辑|免责声明|版权声明|未经.{0,12}(?:授权|许可)|版权所有",
        r"点击关注|扫码|扫一扫|关注.{0,6}公众号|长按.{0,8}二维码",
        r"^(?:相关(?:阅读|新闻|推荐)|推荐阅读|延伸阅读|热门(?:文章|推荐)|返回首页|分享到).{0,12}$",
    )
)


def load_pages(shared: Path) -> list[Row]:
    """The pages with truth: English as given, Chinese by our labels."""
    from tests.quality.zh_labels import labels, truth

    folder, labelled, rows = shared / "data" / "pages", labels(), []
    for entry in map(json.loads, (folder / "index.jsonl").read_text("utf-8").strip().split("\n")):
        html = gzip.decompress((folder / entry["file"]).read_bytes()).decode()
        if entry["id"].startswith("wcxb/"):
            known = {"title": entry["title"], "date": entry["date"]}
            rows.append({"set": "en", "url": entry["url"], "html": html, "truth": entry["truth"], **known})
        elif entry["id"] in labelled:
            rows.append({"set": "zh", "url": None, "html": html, "truth": truth(html, labelled[entry["id"]])})
    return rows


def page_of(row: Row) -> Page:
    url, headers = row["url"] or PLACEHOLDER, {"content-type": "text/html; charset=utf-8"}
    return Page(
        url=url, requested_url=url, status=200, body=row["html"].encode(), fetched_at=datetime.now(UTC), headers=headers
    )


def in_process() -> dict[str, Callable[[Row], str]]:
    """Extractors of this interpreter."""
    import trafilatura

    from crawler.extraction import extract

    def hirewire(row: Row) -> str:
        return getattr(extract(page_of(row)), "text", "")

    def best(row: Row) -> str:
        precise = trafilatura.extract(row["html"], url=row["url"], include_comments=False, favor_precision=True) or ""
        default = trafilatura.extract(row["html"], url=row["url"], include_comments=False) or ""
        return precise if len(precise) >= 0.6 * len(default) else default

    def bare_with_metadata(row: Row) -> str:
        document = trafilatura.bare_extraction(row["html"], url=row["url"], with_metadata=True)
        return getattr(document, "text", None) or ""

    return {
        "hirewire": hirewire,
        "trafilatura": lambda row: trafilatura.extract(row["html"], url=row["url"]) or "",
        "trafilatura, metadata": bare_with_metadata,
        "trafilatura best": best,
    }


def run_here(work: Callable[[Row], str], rows: list[Row]) -> tuple[list[str], list[float]]:
    work(rows[0])
    texts, seconds = [], []
    for row in rows:
        start = time.process_time()
        texts.append(work(row))
        seconds.append(time.process_time() - start)
    return texts, seconds


def run_peer(python: Path, name: str, rows: list[Row]) -> tuple[list[str], list[float]]:
    pages = ({"html": row["html"], "url": row["url"] or PLACEHOLDER, "lang": row["set"]} for row in rows)
    done = subprocess.run(
        [str(python), "-W", "ignore", str(PEERS_CODE), name],
        input="".join(json.dumps(page) + "\n" for page in pages),
        capture_output=True,
        text=True,
        check=True,
        timeout=PEER_SECONDS,
    )
    answers = [json.loads(line) for line in done.stdout.strip().split("\n")]
    failed = sum(answer["error"] is not None for answer in answers)
    if failed:
        print(f"    {name} raised an error on {failed} pages, which count as empty")
    return [answer["text"] for answer in answers], [answer["seconds"] for answer in answers]


def leaks(text: str, truth: str) -> bool:
    return any(pattern.search(text) and not pattern.search(truth) for pattern in LEAKS)


def table_lines(name: str, rows: list[Row], texts: list[str], seconds: list[float]) -> Iterator[str]:
    """A line for each group of pages. Precision is a mean over pages with output, as the public benchmark has it."""
    for group in GROUPS:
        at = [i for i, row in enumerate(rows) if row["set"] == group]
        scores = [page_score(rows[i]["truth"], texts[i]) for i in at]
        found = [score[0] for score, i in zip(scores, at, strict=True) if texts[i].strip()] or [0.0]
        precision, recall = sum(found) / len(found), sum(score[1] for score in scores) / len(at)
        f1 = 2 * precision * recall / ((precision + recall) or 1)
        leak = sum(leaks(texts[i], rows[i]["truth"]) for i in at) / len(at)
        empty = sum(not texts[i].strip() for i in at)
        yield (
            f"{group}  {name:22s} F1 {f1:.4f}  P {precision:.4f}  R {recall:.4f}  leak {leak:.3f}  empty {empty:2d}  "
            f"CPU {sum(seconds[i] for i in at):6.2f} s"
        )


def metadata_lines(rows: list[Row]) -> Iterator[str]:
    """Titles and days of publication that are right, of the English pages that come with them."""
    import trafilatura

    from crawler.extraction import extract
    from crawler.extraction.declared import squeezed

    for name in ("hirewire", "trafilatura"):
        titles, days = [], []
        for row in rows:
            if row["set"] != "en":
                continue
            if name == "hirewire":
                document: Any = extract(page_of(row))
                title, at = getattr(document, "title", ""), getattr(document, "published_at", None)
                day = at.date().isoformat() if at else ""
            else:
                document = trafilatura.bare_extraction(row["html"], url=row["url"], with_metadata=True)
                title, day = getattr(document, "title", None) or "", getattr(document, "date", None) or ""
            if row["title"]:
                titles.append(squeezed(title) == squeezed(row["title"]))
            if row["date"]:
                days.append(day == row["date"][:10])
        yield f"en  {name:22s} titles {sum(titles) / len(titles):.3f}  days {sum(days) / len(days):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    beside = next((folder / "shared" for folder in ROOT.parents if (folder / "shared" / "data").is_dir()), None)
    parser.add_argument("--shared", type=Path, default=beside, help="folder with data/pages")
    parser.add_argument("--peers", default=str(PEERS_PYTHON), help="a Python with the peers; 'none' leaves them out")
    options = parser.parse_args()
    if options.shared is None:
        sys.exit("no development pages beside this checkout: give --shared FOLDER")
    rows = load_pages(options.shared)
    runs = [(name, partial(run_here, work)) for name, work in in_process().items()]
    if options.peers != "none":
        if not Path(options.peers).exists():
            sys.exit(f"no {options.peers}: run `make bench-extraction`, or give --peers none")
        runs += [(name, partial(run_peer, Path(options.peers), name)) for name in PEERS]
    lines = [line for name, run in runs for line in table_lines(name, rows, *run(rows))]
    print("\n".join(line for group in GROUPS for line in lines if line.startswith(group)))
    print("\n".join(metadata_lines(rows)))


if __name__ == "__main__":
    main()
