"""The spider, and `run.crawl`, which runs it to its end for one command."""
