"""No request reaches an address that is not public, by any way in; the canary on 127.0.0.2 keeps its own hit log."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING, Any

import pytest

from crawler.manners import guard
from tests.loopback import Answer, Site, page, source

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.loopback import SmallStore

ONLY_THE_SITE = "127.0.0.1/32"
SPELLINGS = [
    "127.0.0.2", "127.2", "2130706434", "0x7f.2", "0177.0.0.2", "[::ffff:127.0.0.2]", "[::ffff:7f00:2]",
    "[64:ff9b::7f00:2]", "[2002:7f00:2::]", "[::127.0.0.2]", "[::1]", "0.0.0.0", "169.254.169.254", "10.0.0.1",
    "192.168.0.1", "100.64.0.1", "224.0.0.1", "[fe80::1]", "[fc00::1]", "[ff02::1]",
]  # fmt: skip


@pytest.fixture
def canary(other: Site) -> Site:
    other.pages = {"/": Answer(page("secret", "inner page")), "/secret": Answer(page("secret", "inner page"))}
    return other


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_reaches_the_canary(site: Site, canary: Site, go: Any, store: SmallStore, spelling: str) -> None:
    target = f"http://{spelling}:{canary.port}/secret"
    site.pages["/hop"] = Answer(status=302, headers={"Location": target})
    refresh = f'<html><head><title>t</title><meta http-equiv="refresh" content="0;url={target}">'
    refresh += f'<link rel="canonical" href="{target}"></head><body><p>refresh</p></body></html>'
    site.pages["/refresh"] = Answer(refresh.encode())
    feed = site.feed("/feed", target, site.url + "/hop", site.url + "/refresh", children=[target + "/child"])
    outcome = go(source(feed), source(target, "direct"), allow=ONLY_THE_SITE)
    assert canary.hits == []
    assert outcome["direct"].outcome == "refused-address"
    assert sum(outcome["one"].rejected.values()) == 2
    assert set(outcome["one"].rejected) <= {"refused-address", "bad-url"}
    assert [row.title for row in store.rows("SELECT title FROM kept")] == ["t"]


def test_localhost_is_refused_by_default(site: Site, go: Any) -> None:
    target = site.url.replace("127.0.0.1", "localhost") + "/feed"
    assert go(source(target), allow="")["one"].outcome == "refused-address"
    assert go(source(site.url + "/feed", "two"), allow="")["two"].outcome == "refused-address"
    assert site.hits == []


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "ftp://127.0.0.2/x", "data:text/html,<p>x", "javascript:alert(1)", "gopher://x/", ""]
)
def test_only_http_is_followed(site: Site, go: Any, store: SmallStore, link: str) -> None:
    site.pages["/hop"] = Answer(status=302, headers={"Location": link or "file:///etc/passwd"})
    go(source(site.feed("/feed", link, site.url + "/hop", children=[link])), allow=ONLY_THE_SITE)
    assert store.rows("SELECT * FROM kept") == []


def test_addresses_with_credentials_are_refused(site: Site, go: Any) -> None:
    link = site.article("/1").replace("http://", "http://user:password@")
    outcome = go(source(site.feed("/feed", link)))["one"]
    assert (outcome.rejected, site.paths("/1")) == ({"refused-address": 1}, [])


def resolving(monkeypatch: pytest.MonkeyPatch, answers: Callable[[], str]) -> list[str]:
    asked: list[str] = []
    real = socket.getaddrinfo

    def fake(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host != "flip.example":
            return real(host, *args, **kwargs)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers(), 0))]

    monkeypatch.setattr(socket, "getaddrinfo", fake)
    return asked


def test_a_name_that_resolves_inward_is_refused(
    site: Site, canary: Site, go: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = resolving(monkeypatch, lambda: "127.0.0.2")
    outcome = go(source(f"http://flip.example:{canary.port}/secret"), allow=ONLY_THE_SITE)["one"]
    assert (outcome.outcome, canary.hits, bool(asked)) == ("refused-address", [], True)


@pytest.mark.parametrize("remembered", [0.0, 60.0])
def test_a_name_that_flips_after_the_check_is_refused(
    site: Site, canary: Site, go: Any, monkeypatch: pytest.MonkeyPatch, remembered: float
) -> None:
    """The first answer is permitted, all later ones lead inward; what was checked is what is connected to."""
    monkeypatch.setattr(guard, "REMEMBER_SECONDS", remembered)
    answers = iter(["127.0.0.1"])
    resolving(monkeypatch, lambda: next(answers, "127.0.0.2"))
    canary.pages["/robots.txt"] = Answer(b"", 404)
    go(source(f"http://flip.example:{canary.port}/secret"), allow=ONLY_THE_SITE)
    assert canary.hits == []


def test_a_name_that_cannot_be_resolved_is_a_matter_of_dns(go: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    resolving(monkeypatch, fail)
    assert go(source("http://flip.example/feed"))["one"].outcome == "dns"


def test_a_slow_resolver_delays_only_its_own_source(site: Site, go: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def sleep() -> str:
        time.sleep(1.0)
        return "127.0.0.9"

    resolving(monkeypatch, sleep)
    good, slow = source(site.feed("/feed", site.article("/1"))), source("http://flip.example/feed", "slow")
    outcomes = go(slow, good, scrapy={"DNS_TIMEOUT": 0.3})
    assert outcomes["one"].seconds < 0.8
    assert outcomes["slow"].outcome == "dns"
