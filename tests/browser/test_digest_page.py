"""The digest's page as a browser shows it: on a phone, in the dark, and with titles that mean harm."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.digest import OutletView, PlayerName, StoryView, Subscription, build_digest, render_html
from pipeline.facts import Evidence, Hiring, Pay, Place, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
HARMFUL = '<img src=x onerror="document.title=1"><script>document.title=2</script> Cohere' + "superlongword" * 20
READABLE_CONTRAST = 4.5  # WCAG 2.2, level AA
CONTRAST = """
() => {
  const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    const scheme = document.querySelector('meta[name="color-scheme"]')?.content ?? '';
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches && scheme.includes('dark');
    return isDark ? [18, 18, 18] : [255, 255, 255];  // the browser's own canvas
  };
  const found = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (![...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
    found.push([(a + 0.05) / (b + 0.05), element.textContent.trim().slice(0, 40)]);
  }
  return found;
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()


def outlet(number: int, *, title: str, kind: Any, language: str) -> OutletView:
    quote = "Cohere offers up to $450,000 a year to people who train its models in Toronto."
    return OutletView(
        article_id=f"{number:016x}",
        url=f"https://outlet-{number}.example/news/{'a' * 90}?id={number}",
        title=title,
        outlet=f"Outlet {number}",
        language=language,
        kind=kind,
        first_seen_at=NOW,
        published_at=NOW,
        published_precision="minute",
        hiring=Hiring(
            is_hiring=True,
            score=0.97,
            actions=("recruit",),
            employers=("cohere",),
            roles=(Role(text="training engineers", id=None),),
            places=(Place(id="ca-toronto", name="Toronto", country="CA"),),
            pay=(
                Pay(
                    quote=quote,
                    field="text",
                    start=0,
                    end=len(quote),
                    min=None,
                    max=450_000,
                    currency="USD",
                    period="year",
                ),
            ),
            evidence=(Evidence(quote=quote, field="text", start=0, end=len(quote)),),
        ),
    )


@pytest.fixture(scope="module")
def page_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    outlets = (
        outlet(1, title=HARMFUL, kind="original", language="en"),
        outlet(2, title="Cohere以最高四十五万美元年薪招聘大模型训练工程师", kind="translation", language="zh-Hans"),
        outlet(3, title="Cohere sucht Fachleute für Sprachmodelle", kind="report", language="de"),
    )
    digest = build_digest(
        [StoryView(id="1" * 16, outlets=outlets)],
        subscription=Subscription(id="default"),
        since=None,
        now=NOW,
        names={"cohere": PlayerName(id="cohere", en="Cohere", zh="Cohere")},
    )
    path: Path = tmp_path_factory.mktemp("page") / "digest.html"
    path.write_text(render_html(digest), "utf-8")
    return path.as_uri()


@pytest.mark.parametrize("width", [360, 390, 1200])
def test_nothing_is_wider_than_the_screen(browser: Any, page_url: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(page_url)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (
        page.evaluate(
            "Math.min(...[...document.querySelectorAll('p, li, a')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
        )
        >= 12
    )
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(browser: Any, page_url: str, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(page_url)
    faint = [(round(ratio, 2), text) for ratio, text in page.evaluate(CONTRAST) if ratio < READABLE_CONTRAST]
    assert not faint
    page.close()


def test_a_harmful_title_is_only_text(browser: Any, page_url: str) -> None:
    page = browser.new_page()
    page.goto(page_url)
    assert page.title() not in {"1", "2"}
    assert page.evaluate("document.querySelectorAll('script, img').length") == 0
    assert "onerror" in page.inner_text("body")
    links = page.evaluate("[...document.querySelectorAll('a')].map(a => a.protocol)")
    assert links
    assert set(links) <= {"http:", "https:"}
    page.close()


def test_the_facts_stand_on_the_page(browser: Any, page_url: str) -> None:
    page = browser.new_page()
    page.goto(page_url)
    text = page.inner_text("body")
    for said in ("Cohere", "Toronto", "多伦多", "450,000", "translation", "outlet-1.example"):
        assert said in text, said
    page.close()
