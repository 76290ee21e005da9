"""`python -m crawler.cli` is `hirewire`."""

from crawler.cli import main

main()
