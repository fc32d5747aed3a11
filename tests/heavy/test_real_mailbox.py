"""The real Dovecot: signed in to by TLS only, answers heard once and marked, and what one gets wrong said."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from imapclient import IMAPClient

from bot.access import AccessTokens
from bot.desk.contract import TryLater, Undeliverable
from bot.desk.mail_watch import MailWatch
from bot.desk.mailbox import LARGEST, Account, Mailbox
from bot.desk.oauth import AppSignIn
from tests.bot.desk.letters import letter
from tests.bot.desk.test_mail_watch import KNOWN, keep
from tests.fakes.dovecot import PASSWORD, USER, Dovecot, dovecot, installed
from tests.fakes.tls import certificate

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(300)]
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@dataclass
class Office:
    """The server, and what trusts its certificate."""

    server: Dovecot
    context: ssl.SSLContext

    def mailbox(self, security: str = "tls", folder: str = "INBOX", password: str = PASSWORD) -> Mailbox:
        port = self.server.tls if security == "tls" else self.server.plain
        return Mailbox(Account("127.0.0.1", port, security, USER, password, folder), self.context)

    def signed_in(self) -> IMAPClient:
        client = IMAPClient("127.0.0.1", self.server.tls, ssl_context=self.context)
        client.login(USER, PASSWORD)
        return client

    def put(self, *mails: bytes, folder: str = "INBOX") -> None:
        with self.signed_in() as client:
            for mail in mails:
                client.append(folder, mail)

    def flags(self) -> list[set[bytes]]:
        with self.signed_in() as client:
            client.select_folder("INBOX", readonly=True)
            found = client.fetch(client.search(), ["FLAGS"])
        return [{*found[uid][b"FLAGS"]} - {b"\\Recent"} for uid in sorted(found)]

    def read_by_app(self, tokens: Iterator[str], security: str = "tls") -> Mailbox:
        """The mailbox, read by an app that gets these tokens, one after the other."""
        port = self.server.tls if security == "tls" else self.server.plain
        access = AccessTokens(lambda: {"access_token": next(tokens), "expires_in": 3600}, lambda: 0.0)
        app = AppSignIn(access, "app", "POST_SECRET")
        return Mailbox(Account("127.0.0.1", port, security, USER, "", app=app), self.context)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    assert installed(), "`make handoff` installs Dovecot"
    cert, key = certificate(tmp_path, 30)
    with dovecot(cert, key) as server:
        yield Office(server, ssl.create_default_context(cafile=str(cert)))


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_an_answer_is_heard_and_marked_over_a_trusted_line(office: Office, security: str) -> None:
    await asyncio.to_thread(office.put, letter(), letter(id_="<2@example.org>", sender="eve@example.net"))
    watch = MailWatch(office.mailbox(security), KNOWN, keep)
    assert [one.words for one in await watch.hear(NOW)] == ["Please restart the laptop"]
    assert await asyncio.to_thread(office.flags) == [set(), set()]

    await watch.done()
    assert await asyncio.to_thread(office.flags) == [{b"\\Seen"}, {b"\\Seen", b"\\Flagged"}]
    assert await watch.hear(NOW) == []


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_a_mailbox_is_read_with_tokens_and_one_that_is_refused_is_renewed(office: Office, security: str) -> None:
    await asyncio.to_thread(office.put, letter())
    tokens = iter([office.server.token(-60), office.server.token()])
    watch = MailWatch(office.read_by_app(tokens, security), KNOWN, keep)
    [heard] = await watch.hear(NOW)
    await watch.done()

    assert heard.words == "Please restart the laptop"
    assert await asyncio.to_thread(office.flags) == [{b"\\Seen"}]
    assert await watch.hear(NOW) == []
    assert list(tokens) == []  # the second was good for all visits


async def test_a_token_that_somebody_else_signed_opens_nothing(office: Office) -> None:
    with pytest.raises(
        Undeliverable, match=r"does not let the app app in as 'triage': look at its permission IMAP\.AccessAsApp"
    ):
        await office.read_by_app(iter(["a.b.c", "rubbish"])).unread()


async def test_a_mail_that_is_too_large_is_heard_without_its_file(office: Office) -> None:
    await asyncio.to_thread(office.put, letter(files={"a.log": b"line" * (LARGEST // 4)}))
    [heard] = await MailWatch(office.mailbox(), KNOWN, keep).hear(NOW)
    assert (heard.words, heard.files, [one.name for one in heard.lost]) == ("Please restart the laptop", (), ["a.log"])


async def test_mails_that_were_numbered_anew_meanwhile_are_not_marked_for_others(office: Office) -> None:
    def anew() -> None:
        with office.signed_in() as client:
            client.delete_folder("Cases")
            client.create_folder("Cases")
            client.append("Cases", letter(id_="<2@example.org>"))

    with office.signed_in() as client:
        client.create_folder("Cases")
    await asyncio.to_thread(office.put, letter(), folder="Cases")
    watch = MailWatch(office.mailbox(folder="Cases"), KNOWN, keep)
    assert [one.id for one in await watch.hear(NOW)] == ["mail-1@example.org"]
    await asyncio.sleep(1.1)  # the server numbers folders by the second
    await asyncio.to_thread(anew)
    await watch.done()
    assert [one.id for one in await watch.hear(NOW)] == ["mail-2@example.org"]


async def test_what_one_gets_wrong_is_said_and_no_password_goes_to_a_stranger(office: Office) -> None:
    assert "INBOX of triage at 127.0.0.1 has 0 unread mails" in await office.mailbox().reach()
    for wrong, said in (
        (office.mailbox(password="x"), "does not let 'triage' in"),
        (office.mailbox(folder="None"), "doesn't exist"),
    ):
        with pytest.raises(Undeliverable, match=said):
            await wrong.reach()
    office.context = ssl.create_default_context()
    for security in ("tls", "starttls"):
        with pytest.raises(TryLater, match="no trusted TLS"):
            await office.mailbox(security).reach()
