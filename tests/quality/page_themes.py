"""Pages made of one article and the junk of its language, in the ways sites are built.

Each theme is one way to build a page, and one way extractors fail: bodies split over containers or told only by line
breaks, layout tables, hashed class names, bodies in script data, deep nesting, a next article below.
"""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.quality.page_articles import Article, Junk


def _p(lines: Sequence[str], tag: str = "p", attributes: str = "") -> str:
    return "\n".join(f"<{tag}{attributes}>{html.escape(line, quote=False)}</{tag}>" for line in lines)


def _links(titles: Sequence[str], tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/story/{i}.html">{title}</a></{tag}>' for i, title in enumerate(titles))


def _body(a: Article) -> str:
    return f"{_p(a.paragraphs[:4])}<h2>{a.heading}</h2>{_p(a.paragraphs[4:])}<ul>{_p(a.items, 'li')}</ul>"


def _page(a: Article, body: str, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="{a.language}"><head><meta charset="utf-8">'
        f"<title>{a.title} - {a.site}</title>{head}</head><body>{body}</body></html>"
    )


def blog(a: Article, j: Junk) -> str:
    """A WordPress theme with author box, share row, related posts and comments."""
    return _page(
        a,
        f"""<header class="site-header"><nav class="main-navigation"><ul>{_links(j["nav"])}</ul></nav></header>
        <div id="primary" class="content-area"><main><article class="post type-post hentry">
        <header class="entry-header"><h1 class="entry-title">{a.title}</h1>
        <div class="entry-meta"><span class="posted-on"><time datetime="{a.date}">{a.shown_date}</time></span>
        <span class="byline"><span class="author vcard"><a rel="author" href="/author/x">{a.author}</a></span></span></div></header>
        <div class="entry-content">{_body(a)}
        <div class="sharedaddy sd-sharing"><h3>{j["tail"][0]}</h3><ul><li><a href="#">Facebook</a></li></ul></div>
        <div class="jp-relatedposts"><h3>{j["related_heading"]}</h3><ul>{_links(j["related"])}</ul></div></div>
        <div class="author-box"><p>{a.author} {j["bio"]}</p></div></article>
        <div id="comments" class="comments-area"><ol class="comment-list">{_p(j["comments"], "li")}</ol></div></main></div>
        <aside class="widget-area"><section class="widget"><ul>{_links(j["related"])}</ul></section></aside>
        <footer class="site-footer">{_p(j["tail"])}</footer>""",
    )


def newspaper(a: Article, j: Junk) -> str:
    """BEM names, JSON-LD, junk lines as paragraphs of the body."""
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": a.title, "datePublished": f"{a.date}T09:30:00Z",
        "author": [{"@type": "Person", "name": a.author}], "publisher": {"@type": "Organization", "name": a.site},
    }  # fmt: skip
    return _page(
        a,
        f"""<div class="c-nav">{_links(j["nav"], "span")}</div><div class="l-page"><div class="c-article">
        <h1 class="c-article__headline">{a.title}</h1><div class="c-article__body">
        {_p(a.paragraphs[:2])}<div class="c-ad">{j["boxes"][0]}</div><p>{j["boxes"][1]}</p>{_p(a.paragraphs[2:4])}
        <h2>{a.heading}</h2>{_p(a.paragraphs[4:])}<ul>{_p(a.items, "li")}</ul>{_p(j["tail"])}</div></div>
        <div class="c-teasers"><h2>{j["related_heading"]}</h2>{_links(j["related"], "div")}</div></div>""",
        f'<meta property="og:site_name" content="{a.site}"><meta property="og:title" content="{a.title}">'
        f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>',
    )


def portal(a: Article, j: Junk) -> str:
    """A large portal: many columns without semantic elements, credits and notices behind the body."""
    return _page(
        a,
        f"""<div class="topbar">{_links(j["nav"], "span")}</div><div class="wrap"><div class="left"><h1>{a.title}</h1>
        <div class="info"><span>{a.shown_date}</span> <span>{a.site}</span> <span>{j["byline"].format(author=a.author)}</span></div>
        <div id="artibody">{_p(a.paragraphs[:4])}<p><strong>{a.heading}</strong></p>{_p(a.paragraphs[4:])}{_p(a.items)}
        {_p(j["tail"])}</div></div><div class="right"><h3>{j["related_heading"]}</h3><ul>{_links(j["related"] * 3)}</ul></div></div>
        <div class="bottom">{_p(j["tail"])}</div>""",
    )


def breaks(a: Article, j: Junk) -> str:
    """One container, paragraphs told by line breaks alone."""
    body = "<br><br>".join([*a.lines, *j["tail"][:2]])
    return _page(
        a,
        f'<table width="900"><tr><td>{" | ".join(j["nav"])}</td></tr></table><h1>{a.title}</h1>'
        f'<div class="time">{a.shown_date}</div><div class="content">{body}</div><hr>{_links(j["related"], "p")}',
    )


def layout_table(a: Article, j: Junk) -> str:
    """A page laid out by nested tables."""
    return _page(
        a,
        f"""<table><tr><td width="160">{_links(j["nav"], "p")}{_links(j["related"], "p")}</td><td>
        <table><tr><td><h1>{a.title}</h1></td></tr><tr><td>{a.shown_date} {a.site}</td></tr>
        <tr><td>{_p(a.paragraphs[:4])}<h3>{a.heading}</h3>{_p(a.paragraphs[4:])}<ul>{_p(a.items, "li")}</ul></td></tr></table></td></tr>
        <tr><td colspan="2">{j["tail"][-1]}</td></tr></table>""",
    )


def hashed(a: Article, j: Junk) -> str:
    """A React build: class names say nothing, every paragraph in its own wrapper, boxes between them."""
    parts = [f'<div class="css-1x{i}"><p class="css-9k{i % 3}">{line}</p></div>' for i, line in enumerate(a.paragraphs)]
    parts.insert(2, f'<div class="css-ad1"><span>{j["boxes"][0]}</span></div>')
    parts.insert(4, f'<div class="css-h2"><h2>{a.heading}</h2></div>')
    # The heading stands before the last two paragraphs, whatever stands before it.
    parts[4], parts[5] = parts[5], parts[4]
    return _page(
        a,
        f"""<div id="__next"><div class="css-0">{_links(j["nav"], "div")}</div><div class="css-2"><h1 class="css-3">{a.title}</h1>
        <div class="css-4"><time datetime="{a.date}T10:00:00+00:00">{a.shown_date}</time></div>{"".join(parts)}
        <ul class="css-5">{_p(a.items, "li")}</ul></div><div class="css-6"><div>{j["related_heading"]}</div>
        {_links(j["related"], "div")}</div><div class="css-7">{_p(j["tail"], "span")}</div></div>""",
        f'<meta property="article:published_time" content="{a.date}T10:00:00Z"><meta name="author" content="{a.author}">',
    )


def split_body(a: Article, j: Junk) -> str:
    """The body in several containers with boxes between them: extractors keep the first."""
    box = f'<div class="promo-box"><h4>{j["related_heading"]}</h4><ul>{_links(j["related"])}</ul></div>'
    return _page(
        a,
        f"""<nav>{_links(j["nav"])}</nav><div class="story"><h1>{a.title}</h1>
        <p class="date">{a.shown_date}</p><div class="article-body">{_p(a.paragraphs[:2])}</div>{box}
        <div class="article-body">{_p(a.paragraphs[2:4])}</div><div class="ad-slot">{j["boxes"][0]}</div>
        <div class="article-body"><h2>{a.heading}</h2>{_p(a.paragraphs[4:])}<ul>{_p(a.items, "li")}</ul></div></div>
        <footer>{_p(j["tail"])}</footer>""",
    )


def next_article(a: Article, j: Junk) -> str:
    """Endless scrolling: the next article follows in the same page, with headline, byline and date."""
    other = "".join(f"<p>{comment} {bio}</p>" for comment in j["comments"] for bio in [j["bio"]] * 2)
    return _page(
        a,
        f"""<main><article><header><h1>{a.title}</h1><p class="byline">{j["byline"].format(author=a.author)}</p>
        <time datetime="{a.date}">{a.shown_date}</time></header>{_body(a)}</article>
        <article><header><h1>{j["related"][0]}</h1><p class="byline">{j["byline"].format(author=a.author)}</p>
        <time datetime="2025-12-01">2025-12-01</time></header>{other}</article></main><footer>{j["tail"][-1]}</footer>""",
    )


def next_state(a: Article, j: Junk) -> str:
    """An empty page whose body waits in __NEXT_DATA__."""
    state = {
        "props": {
            "pageProps": {
                "nav": j["nav"],
                "article": {
                    "title": a.title,
                    "publishedAt": f"{a.date}T08:00:00Z",
                    "body": [{"type": "paragraph", "text": line} for line in a.lines],
                },
            }
        }
    }
    return _page(
        a,
        f'<div id="__next"><h1>{a.title}</h1><div class="skeleton"></div></div>'
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state, ensure_ascii=False)}</script>',
    )


def window_data(a: Article, j: Junk) -> str:
    """An empty page whose body waits as HTML in a script's variable."""
    state = {
        "detail": {
            "title": a.title,
            "publish_time": f"{a.date} 08:00",
            "content": "".join(f"<p>{line}</p>" for line in a.lines),
        }
    }
    return _page(
        a,
        f'<div id="app">{_links(j["nav"], "span")}</div><script>window.DATA = {json.dumps(state, ensure_ascii=False)};</script>',
    )


def json_ld_only(a: Article, j: Junk) -> str:
    """A teaser in the HTML, the whole text as articleBody."""
    data = {"@type": "NewsArticle", "headline": a.title, "datePublished": a.date, "articleBody": "\n".join(a.lines)}
    return _page(
        a,
        f'<h1>{a.title}</h1><p>{a.paragraphs[0][:40]}…</p><script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>',
    )


def deep(a: Article, j: Junk) -> str:
    """Three hundred levels of wrappers around the body."""
    return _page(a, f"<h1>{a.title}</h1><p class='date'>{a.shown_date}</p>" + "<div>" * 300 + _body(a) + "</div>" * 300)


def share_dialog(a: Article, j: Junk) -> str:
    """All inside a wrapper of an unlucky name: a share dialog that repeats headline and opening, then the article."""
    return _page(
        a,
        f"""<div class="right-rail"><div class="share-panel"><h4>{a.title}</h4><p>{a.paragraphs[0]}</p><p>{j["boxes"][0]}</p></div>
        <h1>{a.title}</h1><p class="date">{a.shown_date}</p><div class="story">{_body(a)}</div></div>""",
    )


def teaser_cards(a: Article, j: Junk) -> str:
    """Cards of other articles below the text that no heading announces."""
    cards = "".join(
        f'<div class="x"><h3><a href="/c{i}.html">{title}</a></h3><p>{comment}</p></div>'
        for i, (title, comment) in enumerate(zip(j["related"], j["comments"], strict=False))
    )
    return _page(
        a,
        f"""<main><h1>{a.title}</h1><p class="date">{a.shown_date}</p>
        <div class="flow"><div class="text">{_body(a)}</div>{cards}</div></main>""",
    )


THEMES: dict[str, Callable[[Article, Junk], str]] = {
    theme.__name__: theme
    for theme in (
        blog, newspaper, portal, breaks, layout_table, hashed, split_body, next_article, next_state, window_data, json_ld_only, deep,
        share_dialog, teaser_cards,
    )
}  # fmt: skip
