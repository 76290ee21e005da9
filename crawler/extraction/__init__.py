"""Page to Document: body, title, authors, dates, page kinds, charsets; the only room that knows trafilatura."""

from crawler.charset import read_bytes
from crawler.extraction.extractor import extract
from crawler.extraction.given import extract_plain
from crawler.extraction.junk import NO_JUNK, JunkMemory, strip_learned

__all__ = ["NO_JUNK", "JunkMemory", "extract", "extract_plain", "read_bytes", "strip_learned"]
