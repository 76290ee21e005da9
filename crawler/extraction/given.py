"""Plain text and Markdown to Document: the same junk and title rules as for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.addresses import absolute_links, identity, normal_url
from crawler.extraction.junk import NO_JUNK, strip_learned
from crawler.extraction.kinds import LONGEST_LEAD, MIN_GIVEN, Shown, refusal
from crawler.extraction.lines import Line, join_lines, without_trailing_headings
from crawler.extraction.offers import NO_OFFER, OfferLine, find_offer
from crawler.extraction.plain import read_plain
from crawler.extraction.tails import without_page_junk
from pipeline.document import Document, Rejected
from pipeline.page_junk import weight

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.extraction.junk import JunkMemory


def extract_plain(
    text: str,
    *,
    url: str,
    fetched_at: datetime,
    title: str | None = None,
    published_at: datetime | None = None,
    source: str | None = None,
    language: str | None = None,
    junk: JunkMemory = NO_JUNK,
) -> Document | Rejected:
    """Make a document of plain text or Markdown.

    Args:
        text: the text; may open with its title and hold image Markdown, captions, credits and page junk.
        url: its address, or any URL that names it.
        fetched_at: when it was received.
        title: its title where the sender knows it. Without one, a line that has a headline's shape is taken; where there
            is none the title stays empty, for the first sentence belongs to the body.
        published_at: where the sender knows it.
        source: id of its source, if any.
        language: BCP 47 tag the sender declares.
        junk: what the source's other documents taught.
    """
    found, lines, writers = read_plain(text, title)
    lines = without_trailing_headings(without_page_junk(lines, is_page=False))
    if not lines and found:  # a headline and nothing else: it is the text
        found, lines = title or "", [Line(kind="paragraph", text=found)]
    body, blocks = join_lines(lines)
    is_short = weight(body) < LONGEST_LEAD
    offer = find_offer([OfferLine(line.text, is_body=True) for line in lines]) if is_short else NO_OFFER
    shown = Shown(titles=(found,), title=found, text=body, page_text=body, offer=offer)
    refused = refusal(shown, 200, least=MIN_GIVEN)
    if refused is not None:
        return Rejected(kind=refused[0], reason=refused[1], url=url, source=source)
    address = normal_url(url, None)
    document = Document(
        id=identity(address),
        url=url,
        canonical_url=address,
        title=found,
        text=body,
        fetched_at=fetched_at,
        source=source,
        authors=writers,
        published_at=published_at,
        published_precision="minute" if published_at else "unknown",
        published_method="given" if published_at else "unknown",
        declared_language=language,
        links=absolute_links((link for line in lines for link in line.links), url),
        blocks=blocks,
    )
    return strip_learned(document, junk)
