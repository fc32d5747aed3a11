"""A mail desk that signs in by OAuth: shows one token, renews it in time or when it is refused, and says what to do where it gets none."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from bot.access import AccessTokens, from_secret
from bot.desk import oauth
from bot.desk.contract import TryLater, Undeliverable
from bot.desk.mail import MailDesk
from bot.desk.mail_watch import MailWatch
from bot.desk.mailbox import Account, Mailbox
from bot.desk.oauth import RESOURCE, AppSignIn, TokenRefused
from bot.desk.smtp import Server
from bot.desk.told import Wording
from tests.bot.channel.login import Response
from tests.bot.desk.contract import DeskContract
from tests.bot.desk.letters import letter
from tests.bot.desk.places import Shelved, case_of, commented, handover, opened
from tests.bot.desk.test_mail import Mailroom
from tests.bot.desk.test_mail_watch import KNOWN, keep
from tests.dialogs.cards.scenes import knowledge
from tests.fakes.imap import ImapServer, imap_server
from tests.fakes.mail import MailServer
from tests.fakes.tokens import SECRET, USER, Doorman, Entra

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@dataclass
class Exchange:
    """Servers for sending and reading, each with a doorman; the login service that both believe; and a clock."""

    smtp: MailServer
    imap: ImapServer
    login: Entra
    sending: Doorman
    reading: Doorman
    now: datetime = NOW
    desk: MailDesk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = self.desk_at(self.smtp.port, self.imap.port)

    def desk_at(self, smtp: int, imap: int) -> MailDesk:
        app = self.app()
        mailbox = Mailbox(Account("127.0.0.1", imap, "none", USER, "", app=app))
        server = Server("127.0.0.1", smtp, "none", USER, app=app)
        wording = Wording(knowledge().words, "en")
        return MailDesk(server, f"Triage <{USER}>", "desk@example.org", wording, lambda: NOW, Shelved(), mailbox)

    def app(self) -> AppSignIn:
        acquire = from_secret("app", SECRET, "contoso", RESOURCE, self.login)
        return AppSignIn(AccessTokens(acquire, self.seconds), "app", "POST_SECRET")

    def seconds(self) -> float:
        return self.now.timestamp()

    async def deliver(self, number: str = "T-222-2222") -> str:
        return await self.desk.deliver(handover(case_of(number), opened(case_of(number))), "")

    @property
    def watch(self) -> MailWatch:
        assert self.desk.mailbox
        return MailWatch(self.desk.mailbox, KNOWN, keep)


@pytest.fixture
async def exchange() -> AsyncIterator[Exchange]:
    sending, reading = Doorman(), Doorman()
    async with AsyncExitStack() as stack:
        smtp = await stack.enter_async_context(MailServer(doorman=sending).running())
        imap = await stack.enter_async_context(imap_server(reading))
        yield Exchange(smtp, imap, Entra(sending, reading), sending, reading)


@dataclass
class Signed(Mailroom):
    """A mailroom whose server asks for a token."""

    exchange: Exchange | None = None

    async def go_away(self) -> None:
        assert self.exchange
        self.desk = self.exchange.desk_at(1, 1)


class TestMailByOAuth(DeskContract):
    @pytest.fixture
    async def place(self, exchange: Exchange) -> Signed:
        room = Signed(exchange.smtp, exchange=exchange)
        room.desk = exchange.desk
        return room


async def test_one_token_sends_and_reads_as_long_as_it_is_good(exchange: Exchange) -> None:
    await exchange.imap.put(letter())
    await exchange.deliver()
    await exchange.deliver("T-333-3333")
    [heard] = await exchange.watch.hear(NOW)

    assert heard.words == "Please restart the laptop"
    assert len(exchange.smtp.taken) == 2
    [asked] = exchange.login.posts
    assert asked["url"] == "https://login.microsoftonline.com/contoso/oauth2/v2.0/token"
    assert (asked["scope"], asked["client_id"]) == ("https://outlook.office365.com/.default", "app")
    assert len({*exchange.sending.shown, *exchange.reading.shown}) == 1
    assert (len(exchange.sending.shown), exchange.sending.answers, exchange.reading.answers) == (2, [], [])


async def test_a_token_is_renewed_before_it_ends(exchange: Exchange) -> None:
    await exchange.deliver()
    exchange.login.revoke()  # as time does: the old one is good for nothing when it is shown now
    exchange.now += timedelta(minutes=56)
    await exchange.deliver("T-333-3333")

    assert exchange.login.handed_out == 2
    assert len(exchange.sending.shown) == 2  # the old one was not even tried
    assert len(exchange.smtp.taken) == 2


@pytest.mark.parametrize("ask", [True, False])
async def test_a_token_that_is_refused_is_renewed_and_the_mail_is_sent_once(exchange: Exchange, ask: bool) -> None:
    exchange.sending.ask = ask
    reference = await exchange.deliver()
    exchange.login.revoke()
    case, event = commented(case_of(), "It began on Tuesday")
    await exchange.desk.deliver(handover(case, event), reference)

    assert len(exchange.smtp.taken) == 2
    assert exchange.login.handed_out == 2
    assert exchange.sending.answers == [b""] * ask  # to the question why, nothing is said, and no token shown again
    assert len(exchange.sending.shown) == 3


@pytest.mark.parametrize("ask", [True, False])
async def test_a_mailbox_that_refuses_the_token_is_read_with_a_new_one_and_nothing_is_heard_twice(
    exchange: Exchange, ask: bool
) -> None:
    exchange.reading.ask = ask
    await exchange.imap.put(letter())
    watch = exchange.watch
    await exchange.desk.reach()
    exchange.login.revoke()
    [heard] = await watch.hear(NOW)
    exchange.login.revoke()
    await watch.done()

    assert heard.id == "mail-1@example.org"
    assert await exchange.imap.flags() == [{"Seen"}]
    assert await watch.hear(NOW) == []
    assert exchange.reading.answers == [b"", b""] * ask
    assert exchange.login.handed_out == 3


async def test_all_who_are_refused_share_one_new_token(exchange: Exchange) -> None:
    app, renewed = exchange.app(), asyncio.Event()

    async def attempt(token: str, late: bool) -> str:
        if token not in exchange.sending.good:
            await (renewed.wait() if late else asyncio.sleep(0))
            raise TokenRefused
        renewed.set()
        return token

    await app.signed_in(lambda token: attempt(token, late=False))
    exchange.login.revoke()
    renewed.clear()
    late = [app.signed_in(lambda token: attempt(token, late=True)) for _ in range(3)]
    used = await asyncio.gather(*late, app.signed_in(lambda token: attempt(token, late=False)))
    assert (len(set(used)), exchange.login.handed_out) == (1, 2)


async def test_a_refusal_of_the_new_token_too_is_said_with_what_to_look_at(exchange: Exchange) -> None:
    exchange.login.to_tell = False
    exchange.sending.refusal = (
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."
    )
    await exchange.imap.put(letter())
    with pytest.raises(TryLater) as sending:
        await exchange.deliver()
    with pytest.raises(Undeliverable) as reading:
        await exchange.watch.hear(NOW)

    said = str(sending.value)
    assert (
        "does not let the app app in as 'triage@example.com' (535 5.7.139 SmtpClientAuthentication is disabled)" in said
    )
    assert "SMTP.SendAsApp" in said
    assert "IMAP.AccessAsApp" in str(reading.value)
    assert (exchange.smtp.taken, await exchange.imap.flags()) == ([], [set()])
    assert len(exchange.sending.shown) == len(exchange.reading.shown) == 2

    exchange.login.to_tell = True  # the permission is there now: what waited is sent, and read
    await exchange.deliver()
    [heard] = await exchange.watch.hear(NOW)
    assert (len(exchange.smtp.taken), heard.case) == (1, "T-222-2222")


async def test_a_server_that_has_no_time_now_gets_no_second_token(exchange: Exchange) -> None:
    exchange.login.to_tell = False
    exchange.sending.refusal = "454 4.7.0 Temporary authentication failure"
    with pytest.raises(TryLater, match="the mail server answers 454"):
        await exchange.deliver()
    assert (exchange.login.handed_out, len(exchange.sending.shown)) == (1, 1)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("invalid_client", "make a new one under Certificates & secrets, and set POST_SECRET"),
        ("unauthorized_client", "check client_id and tenant"),
        ("odd", "check the registration"),
    ],
)
async def test_a_login_that_is_refused_says_what_to_do_and_nothing_is_lost(
    exchange: Exchange, error: str, said: str
) -> None:
    exchange.login.error = error
    with pytest.raises(TryLater, match=said) as refused:
        await exchange.deliver()
    assert f"refuses the app app ({error})" in str(refused.value)
    with pytest.raises(TryLater, match=said):
        await exchange.desk.reach()
    assert exchange.sending.shown == []

    exchange.login.error = ""
    await exchange.deliver()
    assert len(exchange.smtp.taken) == 1


class Hanging(Entra):
    """Answers when it is let go."""

    def __init__(self, *doormen: Doorman) -> None:
        super().__init__(*doormen)
        self.go = threading.Event()

    def post(self, url: str, data: Any = None, **more: Any) -> Response:
        assert self.go.wait(20), "the loop was held up: nobody could let go"
        return super().post(url, data, **more)


async def test_a_login_service_that_hangs_keeps_nobody_waiting(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oauth, "TOKEN_SECONDS", 0.1)
    exchange.login = hanging = Hanging(exchange.sending)
    exchange.desk = exchange.desk_at(exchange.smtp.port, exchange.imap.port)
    with pytest.raises(TryLater, match=r"login\.microsoftonline\.com does not answer within 0\.1 seconds"):
        await exchange.deliver()
    hanging.go.set()
    monkeypatch.undo()
    await exchange.deliver()  # with the token that was asked for before

    assert (hanging.handed_out, len(exchange.smtp.taken)) == (1, 1)


async def test_a_login_service_that_is_away_is_tried_later(exchange: Exchange) -> None:
    def away(*_: Any, **__: Any) -> Response:
        raise ConnectionError("no route")

    exchange.login.post = away  # type: ignore[method-assign]
    with pytest.raises(TryLater, match=r"login\.microsoftonline\.com gives no answer \(ConnectionError\)"):
        await exchange.deliver()


async def test_an_app_without_a_right_to_the_mailbox_is_told_so(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    def select(
        client: IMAPClient, folder: str
    ) -> None:  # Exchange lets every app in, and says then that it has no business there
        raise IMAPClientError("command SELECT failed: User is authenticated but not connected.")

    monkeypatch.setattr(IMAPClient, "select_folder", select)
    with pytest.raises(
        Undeliverable, match=r"not connected\.; the app has no right to the mailbox \(Add-MailboxPermission\)"
    ):
        await exchange.desk.reach()


async def test_servers_that_take_no_tokens_are_shown_none(exchange: Exchange) -> None:
    async with MailServer().running() as smtp, imap_server() as imap:
        exchange.desk = exchange.desk_at(smtp.port, imap.port)
        with pytest.raises(TryLater, match=r"takes no sign-in by OAuth \(XOAUTH2\)"):
            await exchange.deliver()
        with pytest.raises(Undeliverable, match=r"takes no sign-in by OAuth \(XOAUTH2\)"):
            await exchange.watch.hear(NOW)
    assert smtp.taken == []


async def test_neither_secret_nor_token_is_in_any_log_or_message(
    exchange: Exchange, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = []
    with structlog.testing.capture_logs() as events:
        await exchange.deliver()
        await exchange.watch.hear(NOW)
        exchange.login.to_tell = False
        exchange.login.revoke()
        for attempt in (exchange.deliver, lambda: exchange.watch.hear(NOW)):
            with pytest.raises((TryLater, Undeliverable)) as refused:
                await attempt()
            said.append(str(refused.value))
        exchange.login.error = "invalid_client"
        with pytest.raises(TryLater) as refused:
            await exchange.desk_at(exchange.smtp.port, exchange.imap.port).reach()
        said.append(str(refused.value))

    ours = [record for record in caplog.records if not record.name.startswith(("mail.log", "pymap"))]
    assert any(record.name.startswith("imapclient") for record in ours)  # the libraries did log
    logged = "\n".join([*(record.getMessage() for record in ours), *map(str, events), *said])
    for secret in (SECRET, "eyJ1", "eyJ2", "xxxxxxxx", "eHh4eHh4"):  # the last is the token as it is sent
        assert secret not in logged
