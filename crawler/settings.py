"""Scrapy's settings: safe values in place of defaults that are not. What users set is in `pipeline.settings`."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("hirewire")
except PackageNotFoundError:  # run from a checkout that is not installed
    VERSION = "0"

BOT_NAME = "hirewire"
SPIDER_MODULES = ["crawler.spiders"]
USER_AGENT = f"hirewire/{VERSION}"  # the spider adds the contact of whoever runs it
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

# Nothing but http and https, with certificates checked and every address approved by the guard.
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
DOWNLOAD_VERIFY_CERTIFICATES = True
TWISTED_DNS_RESOLVER = "crawler.manners.guard.GuardedResolver"
ALLOWED_NETWORKS: tuple[object, ...] = ()  # pipeline.settings: allow_private_networks
HTTPPROXY_ENABLED = False  # a proxy would resolve names behind the guard's back

# Nothing listens, nothing runs what is sent to it.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Limits. The largest real feeds have about 2,000 items in 5 MB; the time is for one whole answer, drop by drop.
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 30
DNS_TIMEOUT = 10
REDIRECT_MAX_TIMES = 5
URLLENGTH_LIMIT = 2083
MEMUSAGE_LIMIT_MB = 1024

# No traces left, none passed on.
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"
METAREFRESH_ENABLED = False
HTTPCACHE_ENABLED = False
ROBOTSTXT_OBEY = True  # by crawler.manners.robots, in place of the built-in middleware

# One request at a time per host, a second apart; a dropped connection is tried once more, other failures in a later crawl.
CONCURRENT_REQUESTS = 64
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0
RETRY_TIMES = 1
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]
RETRY_EXCEPTIONS = [
    "scrapy.exceptions.DownloadFailedError",
    "twisted.internet.error.ConnectionLost",
    "twisted.internet.error.ConnectionDone",
]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,"
    "application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,zh;q=0.8,*;q=0.5",
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    # In this order: the address, the host's wish for rest, its rules, its pace, what to ask for.
    "crawler.manners.guard.GuardMiddleware": 60,
    "crawler.manners.backoff.BackoffMiddleware": 70,
    "crawler.manners.robots.RobotsMiddleware": 80,
    "crawler.manners.pace.PaceMiddleware": 90,
    "crawler.manners.conditional.ConditionalMiddleware": 95,
}

LOG_LEVEL = "INFO"
LOG_VERSIONS: list[str] = []
LOGSTATS_INTERVAL = 0
STATS_DUMP = False
