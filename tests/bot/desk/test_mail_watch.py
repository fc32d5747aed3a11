"""A mailbox is looked into without losing or doubling an answer, and without hearing what is none."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.desk import mail_watch
from bot.desk import mailbox as mailboxes
from bot.desk.contract import TryLater, Undeliverable
from bot.desk.letter import Enclosed, Letter, read_letter
from bot.desk.mail_watch import Correspondence, MailWatch
from bot.desk.mailbox import Account, Mailbox
from bot.envelope import Deed
from dialogs.values import Lost
from handoff.file import File
from tests.bot.desk.letters import letter
from tests.fakes.imap import PASSWORD, USER, ImapServer, imap_server, silent_server

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KNOWN = Correspondence("post", "triage@example.com", ("ann@example.org", "@desk.example.org"), "", ("Please answer",))


@pytest.fixture
async def server() -> AsyncIterator[ImapServer]:
    async with imap_server() as running:
        yield running


def account(port: int, **changes: str) -> Account:
    return replace(Account("127.0.0.1", port, "none", USER, PASSWORD), **changes)


async def keep(files: Sequence[Enclosed]) -> tuple[tuple[File, ...], tuple[Lost, ...]]:
    return tuple(File("f", one.name, "text/plain", len(one.content), "aa") for one in files), ()


def watch_of(server: ImapServer, known: Correspondence = KNOWN) -> MailWatch:
    return MailWatch(Mailbox(account(server.port)), known, keep)


async def test_an_answer_is_heard_with_its_words_its_files_and_who_wrote_it(server: ImapServer) -> None:
    await server.put(letter(files={"a.log": b"line"}))
    watch = watch_of(server)
    [heard] = await watch.hear(NOW)

    assert (heard.id, heard.desk, heard.case) == ("mail-1@example.org", "post", "T-222-2222")
    assert (heard.deed, heard.words, heard.author) == (Deed.COMMENT, "Please restart the laptop", "Ann Agent")
    assert [one.name for one in heard.files] == ["a.log"]


async def test_an_answer_is_unread_until_it_is_recorded(server: ImapServer) -> None:
    await server.put(letter())
    watch = watch_of(server)
    first = await watch.hear(NOW)
    assert await server.flags() == [set()]
    assert await watch_of(server).hear(NOW) == first  # another replica, or this one after it died

    await watch.done()
    assert await server.flags() == [{"Seen"}]
    assert await watch.hear(NOW) == []


async def test_an_answer_that_was_refused_is_left_for_somebody_to_look_at(server: ImapServer) -> None:
    await server.put(letter())
    watch = watch_of(server)
    [heard] = await watch.hear(NOW)
    await watch.done([heard.id])
    assert await server.flags() == [{"Seen", "Flagged"}]


HEARD = {
    "in the thread, whatever the subject": letter(subject="my cat"),
    "by a later mail of ours": letter(to="<T-222-2222-7-comment-post@example.com>", subject="x"),
    "by the subject": letter(to="", subject="RE: [EXT] [T-222-2222] No mail"),
    "from anybody of a domain": letter(sender="bob@desk.example.org"),
    "in capitals": letter(sender="Ann <ANN@EXAMPLE.ORG>"),
    "as a page": letter(html="<p>Please restart the laptop</p>"),
    "of more than one language": letter(subject="Réf : [T-222-2222] Plus de courriel"),
}


@pytest.mark.parametrize("mail", HEARD.values(), ids=HEARD)
async def test_answers_of_all_kinds_find_their_case(server: ImapServer, mail: bytes) -> None:
    await server.put(mail)
    [heard] = await watch_of(server).hear(NOW)
    assert (heard.case, heard.words) == ("T-222-2222", "Please restart the laptop")


UNHEARD = {
    "a stranger who knows the thread": (letter(sender="eve@example.net"), {"Seen", "Flagged"}),
    "a stranger who knows the number": (letter(sender="eve@example.net", to=""), {"Seen", "Flagged"}),
    "a domain that ends alike": (letter(sender="eve@evildesk.example.org"), {"Seen", "Flagged"}),
    "a name that looks like a sender": (letter(sender='"ann@example.org" <eve@example.net>'), {"Seen", "Flagged"}),
    "the thread of another desk": (
        letter(to="<T-222-2222-1-opened-fax@example.com>", subject="x"),
        {"Seen", "Flagged"},
    ),
    "the thread of somebody else": (letter(to="<T-222-2222-1-opened-post@evil.net>", subject="x"), {"Seen", "Flagged"}),
    "no case": (letter(to="", subject="lunch?"), {"Seen", "Flagged"}),
    "nothing written": (letter(text="> quoted"), {"Seen", "Flagged"}),
    "out of office": (letter(headers={"Auto-Submitted": "auto-replied"}), {"Seen"}),
    "a bounce": (letter(headers={"Return-Path": "<>"}), {"Seen"}),
    "a mailing list": (letter(headers={"List-Id": "<all.example.org>"}), {"Seen"}),
    "our own mail": (letter(sender="Triage <triage@example.com>"), {"Seen"}),
}


@pytest.mark.parametrize(("mail", "marks"), UNHEARD.values(), ids=UNHEARD)
async def test_what_is_no_answer_is_passed_over_and_what_might_be_one_is_left(
    server: ImapServer, mail: bytes, marks: set[str]
) -> None:
    await server.put(mail)
    watch = watch_of(server)
    assert await watch.hear(NOW) == []
    await watch.done()
    assert await server.flags() == [marks]


async def test_where_a_server_vouches_for_senders_only_those_are_heard(server: ImapServer) -> None:
    genuine = {"Authentication-Results": "mx.example.com; dmarc=pass header.from=example.org"}
    await server.put(letter(id_="<2@example.org>"))
    await server.put(letter(headers=genuine))
    heard = await watch_of(server, replace(KNOWN, checked_by="mx.example.com")).hear(NOW)
    assert [one.id for one in heard] == ["mail-1@example.org"]


async def test_one_mail_that_cannot_be_read_keeps_no_other(server: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(content: bytes) -> Letter:
        if b"<1@" in content:
            raise RecursionError
        return read_letter(content)

    monkeypatch.setattr(mail_watch, "read_letter", read)
    await server.put(letter())
    await server.put(letter(id_="<2@example.org>"))
    watch = watch_of(server)
    assert [one.id for one in await watch.hear(NOW)] == ["mail-2@example.org"]
    await watch.done()
    assert await server.flags() == [{"Seen", "Flagged"}, {"Seen"}]


async def test_of_a_mail_that_is_too_large_the_words_are_heard_and_the_files_named(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailboxes, "LARGEST", 20_000)
    monkeypatch.setattr(mailboxes, "BEGINNING", 10_000)
    await server.put(letter(files={"a.log": b"line" * 10_000}))
    [heard] = await watch_of(server).hear(NOW)

    assert (heard.words, heard.files) == ("Please restart the laptop", ())
    assert heard.lost == (Lost("a.log", "too-large", 25),)


async def test_a_full_mailbox_is_read_a_part_at_a_time(server: ImapServer) -> None:
    for number in range(23):
        await server.put(letter(id_=f"<{number}@example.org>"))
    watch, heard = watch_of(server), []
    for _ in range(3):
        heard.append(await watch.hear(NOW))
        await watch.done()

    assert [len(events) for events in heard] == [20, 3, 0]
    assert [one.id for events in heard for one in events] == [f"mail-{number}@example.org" for number in range(23)]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"password": "wrong"}, "does not let 'triage@example.com' in"),
        ({"folder": "Cases"}, "does not exist"),
        ({"security": "starttls"}, "STARTTLS"),
    ],
)
async def test_what_is_set_wrongly_is_said(server: ImapServer, changes: dict[str, str], refusal: str) -> None:
    with pytest.raises(Undeliverable, match=refusal):
        await Mailbox(account(server.port, **changes)).reach()


async def test_a_server_without_trusted_tls_gets_no_password(server: ImapServer) -> None:
    with pytest.raises(TryLater, match="no trusted TLS"):
        await Mailbox(account(server.port, security="tls")).reach()


async def test_a_server_that_is_away_is_tried_later() -> None:
    with pytest.raises(TryLater, match=r"nobody answers at 127\.0\.0\.1:1"):
        await Mailbox(account(1)).unread()


async def test_a_server_that_hangs_keeps_nothing_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async with silent_server() as port:
        box, start, longest = Mailbox(account(port)), time.monotonic(), 0.0
        visit = asyncio.create_task(box.unread())
        while time.monotonic() - start < 1:
            before = time.monotonic()
            await asyncio.sleep(0.01)
            longest = max(longest, time.monotonic() - before)
        visit.cancel()
        with pytest.raises(asyncio.CancelledError):
            await visit
        monkeypatch.setattr(mailboxes, "CALL_SECONDS", 0.2)
        with pytest.raises(TryLater):
            await box.unread()
    assert longest < 0.5
    assert time.monotonic() - start < 5
