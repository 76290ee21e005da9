"""Files the news of the relation tests into a database, in an order of its own: run as a process that may be killed."""

from __future__ import annotations

import random
import sys

from pipeline.run import relate_article
from pipeline.store.database import open_engine, writing
from pipeline.store.relations import SqlMemory
from tests.unit.relations.newswire import NOON, corpus


def main(url: str, seed: int, share: float) -> None:
    """File a share of the corpus, one transaction an article, saying so after each commit."""
    engine = open_engine(url)
    articles = corpus()
    dice = random.Random(seed)
    dice.shuffle(articles)
    for article in articles[: round(len(articles) * share)]:
        with writing(engine) as connection:
            memory = SqlMemory(connection, NOON)
            memory.begin()
            relate_article(memory, article)
        print(article.document.id, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
