"""Two events of one week in a language whose everyday words the weights do not know are two stories."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.document import Article, Document
from pipeline.memory import trace
from pipeline.run import pure_pipeline
from pipeline.stages.duplicates import relate
from pipeline.urls import article_id

AT = datetime(2026, 11, 17, 8, tzinfo=UTC)
BOSCH = (
    "Der Konzern will bis zum Sommer rund vierzig Fachleute für große Sprachmodelle einstellen, wie es aus dem Unternehmen heißt. "
    "Die neue Gruppe soll in Renningen arbeiten und sich um Modelle für die Fertigung kümmern, die auch auf kleinen Rechnern laufen. "
    "Über die Gehälter sagt das Unternehmen nichts, sie sollen aber über denen anderer Abteilungen liegen."
)
ALEPH = (
    "Das Heidelberger Unternehmen verliert seinen Leiter der Forschung, wie er selbst auf einer Konferenz sagte. "
    "Er will sich nun einer neuen Gruppe anschließen, die sich um Modelle für die Medizin kümmern soll. "
    "Über seine Nachfolge sagt das Unternehmen nichts, sie soll aber bis zum Sommer geregelt werden."
)


def german(name: str, title: str, text: str) -> Article:
    url = f"https://{name}.example/eins"
    document = Document(
        id=article_id(url), url=url, canonical_url=url, title=title, text=text, fetched_at=AT, published_at=AT,
        published_precision="minute", published_method="given",
    )  # fmt: skip
    article = pure_pipeline()(Article(document=document))
    assert isinstance(article, Article)
    return article


def test_everyday_words_make_no_story() -> None:
    one = german("a", "Bosch sucht vierzig Fachleute für Sprachmodelle", BOSCH)
    other = german("b", "Aleph Alpha verliert den Leiter der Forschung", ALEPH)
    assert relate(trace(one), trace(other)) is None
