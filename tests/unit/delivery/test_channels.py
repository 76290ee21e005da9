"""One test over all channels, and what is special to each."""

import logging
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from pipeline.delivery import Message, hidden_address, open_channel, schemes
from pipeline.errors import DeliveryError, UsageError

MESSAGE = Message(
    id="team-2026-11-20",
    subject="LLM hiring news: 1 (拼多多)",
    text="Pinduoduo · Shanghai\n拼多多 · 上海\n",
    html="<!DOCTYPE html><p>拼多多 · 上海</p>",
    created_at=datetime(2026, 11, 20, 8, 0, tzinfo=UTC),
    unsubscribe="https://hirewire.example/unsubscribe/team",
)


@dataclass
class Post:
    """A mail server on loopback that keeps what it gets; `refuse` maps recipients to the reply they get."""

    port: int = 0
    mails: list[tuple[str, list[str], EmailMessage]] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    answer: str = "250 taken"

    def address(self, to: str = "team@example.org") -> str:
        return f"smtp://127.0.0.1:{self.port}/?from=hirewire@example.org&to={to}"


POST = Post()  # of the test that runs


class MailHandler(socketserver.StreamRequestHandler):
    def reply(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.reply("220 ready")
        sender, recipients = "", list[str]()
        while line := self.rfile.readline().decode().strip():
            verb, address = line[:4].upper(), line.partition("<")[2].partition(">")[0]
            if verb == "MAIL":
                sender, recipients = address, []
            refusal = POST.refuse.get(address) if verb == "RCPT" else None
            if verb == "RCPT" and not refusal:
                recipients.append(address)
            if verb == "DATA":
                self.reply("354 go on")
                self.reply(self.take(sender, recipients))
            else:
                self.reply(refusal or ("221 bye" if verb == "QUIT" else "250 ok"))

    def take(self, sender: str, recipients: list[str]) -> str:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if POST.answer.startswith("2"):
            mail = message_from_bytes(b"".join(lines), policy=SMTP)
            assert isinstance(mail, EmailMessage)
            POST.mails.append((sender, recipients, mail))
        return POST.answer


@pytest.fixture
def post() -> Iterator[Post]:
    POST.mails, POST.refuse, POST.answer = [], {}, "250 taken"
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), MailHandler) as server:
        server.daemon_threads = True
        POST.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield POST
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("scheme", sorted(set(schemes()) - {"smtps"}))
def test_every_channel_takes_a_message_twice_and_one_without_html(scheme: str, tmp_path: Path, post: Post) -> None:
    addresses = {"file": f"file:{tmp_path}/digests", "log": "log:", "smtp": post.address()}
    channel = open_channel(addresses[scheme])  # a new channel must add its address here
    for message in (MESSAGE, MESSAGE, replace(MESSAGE, html="", unsubscribe="")):
        assert channel.send(message)


@pytest.mark.parametrize("scheme", sorted(schemes()))
def test_every_scheme_has_an_example_that_opens(scheme: str) -> None:
    example = schemes()[scheme]
    assert open_channel(scheme + ":" + example.partition(":")[2]) is not None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "digests",
        "gopher://x",
        "file:",
        "file://server/x",
        "log:x",
        "smtp:",
        "smtp://mail.example",
        "smtp://h/?to=a@b.c",
        "smtp://h/?from=a&to=b@c.d",
        "smtp://h:99999/?from=a@b.c&to=b@c.d",
        "smtp://h/?from=a@b.c&to=b@c.d&x=1",
        "smtp://h/?&&",
        "smtp://h/?from=a@b.c&to=x%0d%0aBcc:y@z.w",
        "smtp://user:hunter2@h/?from=a",
    ],
)
def test_an_unusable_address_is_told_with_an_example_and_without_its_password(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_channel(address)
    assert "example" in str(caught.value) or "write" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_addresses_are_shown_without_secrets() -> None:
    assert hidden_address("smtp://user:hunter2@h:25/?from=a@b.c") == "smtp://***@h:25/"
    assert hidden_address("file:var/digests") == "file:var/digests"
    assert "hunter2" not in repr(open_channel("smtp://user:hunter2@h/?from=a@b.c&to=b@c.d"))


def test_a_folder_gets_both_forms_and_no_leftovers(tmp_path: Path) -> None:
    channel = open_channel(f"file:{tmp_path}/new/digests")
    channel.send(MESSAGE)
    channel.send(replace(MESSAGE, text="again\n"))
    assert sorted(path.name for path in (tmp_path / "new/digests").iterdir()) == [
        "team-2026-11-20.html",
        "team-2026-11-20.txt",
    ]
    assert (tmp_path / "new/digests/team-2026-11-20.txt").read_text("utf-8") == "again\n"


def test_a_named_file_gets_its_form(tmp_path: Path) -> None:
    told = open_channel(f"file://{tmp_path}/a%20digest.html").send(MESSAGE)
    assert (tmp_path / "a digest.html").read_text("utf-8") == MESSAGE.html
    assert "a digest.html" in told


def test_an_id_cannot_leave_the_folder(tmp_path: Path) -> None:
    open_channel(f"file:{tmp_path}/in").send(replace(MESSAGE, id="../../evil/" + "x" * 300))
    assert [path.parent.name for path in tmp_path.rglob("*.txt")] == ["in"]


def test_a_folder_that_cannot_be_written_may_be_tried_again(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    with pytest.raises(DeliveryError) as caught:
        open_channel(f"file:{tmp_path}/taken/digests").send(MESSAGE)
    assert not caught.value.is_permanent


def test_the_log_has_one_event_a_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        open_channel("log:").send(
            replace(MESSAGE, subject="a\nfake.event level=ERROR", text="one\n\n\x1b[31mtwo\u2028three\n")
        )
    assert all("\n" not in record.getMessage() and "\x1b" not in record.getMessage() for record in caplog.records)
    assert len(caplog.records) == 4


def test_mail_has_both_forms_and_stable_headers(post: Post) -> None:
    channel = open_channel(post.address())
    channel.send(MESSAGE)
    channel.send(MESSAGE)
    (sender, recipients, mail), (_, _, again) = post.mails
    assert (sender, recipients) == ("hirewire@example.org", ["team@example.org"])
    assert mail["Subject"] == MESSAGE.subject
    assert mail["Message-ID"] == again["Message-ID"]
    assert mail.as_bytes() == again.as_bytes()
    assert mail["Date"].datetime == MESSAGE.created_at
    assert mail["List-Unsubscribe"] == "<https://hirewire.example/unsubscribe/team>"
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert plain.get_content().replace("\r\n", "\n") == MESSAGE.text
    assert page.get_content().strip() == MESSAGE.html


def test_a_line_end_in_a_title_begins_no_header(post: Post) -> None:
    evil = replace(
        MESSAGE,
        subject="News\r\nBcc: victim@example.org\r\n\r\nbody",
        unsubscribe="https://x.example/\r\nBcc: b@x.example",
    )
    open_channel(post.address()).send(evil)
    ((_, recipients, mail),) = post.mails
    assert recipients == ["team@example.org"]
    assert mail["Bcc"] is None
    assert mail["Subject"] == "News Bcc: victim@example.org body"


def test_each_recipient_gets_an_own_mail(post: Post) -> None:
    open_channel(post.address("a@example.org,b@example.org,a@example.org")).send(MESSAGE)
    assert [recipients for _, recipients, _ in post.mails] == [["a@example.org"], ["b@example.org"]]
    assert [mail["To"] for _, _, mail in post.mails] == ["a@example.org", "b@example.org"]
    assert len({mail["Message-ID"] for _, _, mail in post.mails}) == 2


@pytest.mark.parametrize(("reply", "is_permanent"), [("550 no such user", True), ("450 later", False)])
def test_a_refusal_of_one_stops_none_of_the_rest(post: Post, reply: str, *, is_permanent: bool) -> None:
    post.refuse["a@example.org"] = reply
    with pytest.raises(DeliveryError) as caught:
        open_channel(post.address("a@example.org,b@example.org")).send(MESSAGE)
    assert caught.value.is_permanent == is_permanent
    assert [recipients for _, recipients, _ in post.mails] == [["b@example.org"]]


def test_a_server_that_is_busy_or_away_may_be_tried_again(post: Post) -> None:
    post.answer = "451 busy"
    with pytest.raises(DeliveryError, match="451 busy") as caught:
        open_channel(post.address()).send(MESSAGE)
    assert not caught.value.is_permanent
    with pytest.raises(DeliveryError) as caught:
        open_channel("smtp://127.0.0.1:1/?from=a@b.c&to=b@c.d").send(MESSAGE)
    assert not caught.value.is_permanent
