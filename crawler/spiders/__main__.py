"""`python -m crawler.spiders --deadline SECONDS ID...`: one crawl, as the scheduler's child process.

The kernel ends the process when its deadline has passed, whatever it is doing then: also when the scheduler that should
have done so is no more.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys

from crawler.spiders.run import crawl, utc_now
from pipeline.errors import HirewireError

GRACE_SECONDS = 30


def main(arguments: list[str]) -> int:
    """Visit the named sources; 0 done, 1 the database or a setting stood in the way, 130 stopped."""
    parser = argparse.ArgumentParser(prog="python -m crawler.spiders")
    parser.add_argument("--deadline", type=int, required=True, metavar="SECONDS")
    parser.add_argument("ids", nargs="+", metavar="ID")
    options = parser.parse_args(arguments)
    signal.alarm(options.deadline + GRACE_SECONDS)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    try:
        return _crawl(options.ids)
    except HirewireError as error:
        logging.getLogger(__name__).error("crawl.failed %s", " ".join(str(error).split()))  # noqa: TRY400 - one line
        return 1


def _crawl(ids: list[str]) -> int:
    from crawler.sources import sources_of  # noqa: PLC0415 - after logging is set up
    from pipeline.run import Newsdesk  # noqa: PLC0415
    from pipeline.settings import load_settings  # noqa: PLC0415
    from pipeline.store import Store  # noqa: PLC0415

    settings = load_settings()
    registry = sources_of(settings)
    desk, store = Newsdesk(clock=utc_now), Store.open(settings)
    try:
        outcomes = crawl([registry[name] for name in ids if name in registry], store, desk, settings)
    finally:
        store.close()
    return 130 if any(outcome.outcome == "interrupted" for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
