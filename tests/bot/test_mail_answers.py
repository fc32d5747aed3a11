"""Whoever works a case by mail answers it: the person reads that in the chat, once, whatever dies or hangs in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot import access
from bot.store import SqlStore, Unavailable
from classifier.predict import Predictor
from dialogs.scene import Knowledge
from handoff.desks import DeskBook, DeskRow, RouteRow
from tests.bot.desk.letters import letter
from tests.bots import Bot
from tests.fakes.connector import Chat
from tests.fakes.desk import FakeDesk
from tests.fakes.imap import USER, ImapServer, imap_server
from tests.fakes.mail import MailServer
from tests.fakes.sending import PDF
from tests.fakes.tokens import SECRET, Doorman, Entra

DESK = {
    "id": "post",
    "kind": "mail",
    "to": "desk@example.org",
    "sender": f"Triage <{USER}>",
    "security": "none",
    "imap_security": "none",
    "imap_secret": "POST_PASSWORD",
    "answers_from": ["@example.org"],
    "poll": 1,
}

APP = {"sign_in": "oauth", "tenant": "contoso", "client_id": "app", "secret": "POST_SECRET", "imap_secret": ""}


@dataclass
class Office:
    """A bot, where its mail goes, and where answers arrive; `other` is a desk that is told besides."""

    bot: Bot
    smtp: MailServer
    imap: ImapServer
    other: FakeDesk
    number: str = ""

    async def open(
        self, words: str = "nobody can open the HR SharePoint site since this morning", button: str = "Open the case"
    ) -> Chat:
        """Ugo opens a case; its mail arrives."""
        chat = await self.bot.teams.personal(self.bot.teams.person("Ugo"))
        proposal = await chat.say(words)
        await chat.press(proposal, button)
        [case] = await self.bot.cases()
        self.number = case.number
        await until(lambda: len(self.smtp.taken) == 1)
        return chat

    @property
    def mail(self) -> EmailMessage:
        return self.smtp.taken[0]

    @property
    def text(self) -> str:
        """What is written in the mail."""
        part = self.mail.get_body(("plain",))
        assert part is not None
        return str(part.get_content())

    async def answer(self, text: str = "Please restart the laptop", **more: object) -> None:
        """Ann answers the mail, with all of it below, as mail programs do."""
        quoted = "\n".join(f"> {line}" for line in self.text.splitlines())
        whole = f"{text}\n\nOn Monday, Triage wrote:\n{quoted}"
        await self.imap.put(letter(whole, to=str(self.mail["Message-ID"]), subject="Re", **more))  # type: ignore[arg-type]

    async def settled(self, count: int = 1) -> None:
        """So many mails are marked as read."""
        async with asyncio.timeout(15):
            while sum("Seen" in flags for flags in await self.imap.flags()) < count:
                await asyncio.sleep(0.1)


async def until(holds: object) -> None:
    assert callable(holds)
    async with asyncio.timeout(15):
        while not holds():
            await asyncio.sleep(0.02)


@pytest.fixture
def entra(monkeypatch: pytest.MonkeyPatch) -> Entra:
    """The login service, and who believes it: the doormen of sending and of reading."""
    entra = Entra(Doorman(), Doorman())
    monkeypatch.setattr(access, "_http_client", lambda: entra)
    monkeypatch.setenv("POST_PASSWORD", "secret")
    monkeypatch.setenv("POST_SECRET", SECRET)
    return entra


@pytest.fixture
async def office(
    request: pytest.FixtureRequest,
    database_url: str,
    tmp_path: Path,
    classifier: Predictor,
    knowledge: Knowledge,
    entra: Entra,
) -> AsyncIterator[Office]:
    app = getattr(request, "param", {})
    sending, reading = entra.doormen if app else (None, None)
    async with AsyncExitStack() as stack:
        smtp = await stack.enter_async_context(MailServer(doorman=sending).running())
        imap = await stack.enter_async_context(imap_server(reading))
        places = {"smtp": f"127.0.0.1:{smtp.port}", "imap": f"127.0.0.1:{imap.port}"}
        rows = {
            "post": DeskRow.model_validate(DESK | places | app),
            "other": DeskRow(id="other", kind="webhook", url="https://desk.example.org/", secret="HOOK_OUT"),
        }
        book = DeskBook(rows, (RouteRow(desks=("post",), also=("other",)),))
        running = Bot(database_url, tmp_path, classifier, replace(knowledge, desks=book))
        other = FakeDesk()
        running.desks = {"other": other}
        bot = await stack.enter_async_context(running)
        yield Office(bot, smtp, imap, other)


async def test_an_answer_by_mail_is_read_in_the_chat_and_told_to_the_other_desks(office: Office) -> None:
    chat = await office.open()
    assert office.text.startswith("— Please answer above this line —")
    await office.answer()

    [told] = await chat.wait_for("Please restart the laptop")
    assert "Ann Agent" in told.says
    assert "Triage wrote" not in told.says
    await office.settled()
    await until(lambda: len(office.other.told) == 2)
    assert [one.event.words for one in office.other.told] == ["", "Please restart the laptop"]
    assert len(office.smtp.taken) == 1  # what came from the desk is not sent back to it


@pytest.mark.parametrize("office", [APP], indirect=True)
async def test_mails_are_sent_and_answers_read_once_though_tokens_are_revoked_in_between(
    office: Office, entra: Entra
) -> None:
    chat = await office.open()
    entra.revoke()
    await office.answer()
    assert await chat.wait_for("Please restart the laptop")
    await office.settled()
    entra.revoke()
    await chat.press(await chat.say(office.number), "It is solved")
    await until(lambda: len(office.smtp.taken) == 2)

    assert (await office.bot.deeds())["comment"] == 1
    assert entra.handed_out == 3


async def test_an_answer_that_comes_twice_is_heard_once(office: Office) -> None:
    await office.open()
    await office.answer()
    await office.settled()
    await office.answer()
    await office.settled(2)
    assert (await office.bot.deeds())["comment"] == 1


async def test_an_answer_that_was_recorded_but_not_marked_is_heard_once(office: Office) -> None:
    """What a process leaves that dies after the commit: the mail is unread, and comes again."""
    await office.open()
    await office.answer()
    await office.settled()
    await office.imap.unmark()
    await office.bot.start()  # a second replica, which looks into the same mailbox
    await office.settled()
    assert (await office.bot.deeds())["comment"] == 1


async def test_while_the_database_is_away_an_answer_stays_unread(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await office.open()
    looked = 0
    hearing = SqlStore.hearing

    def away(_store: SqlStore) -> object:
        nonlocal looked
        looked += 1
        raise Unavailable("away")

    monkeypatch.setattr(SqlStore, "hearing", away)
    await office.answer()
    await until(lambda: looked >= 2)
    assert await office.imap.flags() == [set()]

    monkeypatch.setattr(SqlStore, "hearing", hearing)
    assert await chat.wait_for("Please restart the laptop")
    await office.settled()


async def test_files_of_an_answer_go_with_the_case_and_what_is_not_taken_is_named(office: Office) -> None:
    chat = await office.open()
    await office.answer("See the guide", files={"guide.pdf": PDF, "fix.exe": b"MZ\x90\x00"})

    [told] = await chat.wait_for("See the guide")
    assert "guide.pdf" in told.says
    assert "fix.exe is not kept: I take pictures, PDF, text and Office documents without macros." in told.says
    await until(lambda: len(office.other.told) == 2)
    [sent] = office.other.told[1].files
    assert (sent.name, sent.kind, sent.size) == ("guide.pdf", "application/pdf", len(PDF))
    assert await office.bot.parts().shelf.read(sent) == PDF
    assert [one.name for one in await office.bot.store.files.of_case(office.number)] == ["guide.pdf"]


async def test_an_answer_with_files_and_no_word_says_so(office: Office) -> None:
    chat = await office.open("personne ne peut ouvrir le site SharePoint RH depuis ce matin", "Ouvrir le dossier")
    await office.answer("", files={"guide.pdf": PDF})
    [told] = await chat.wait_for("guide.pdf")
    assert "Je vous envoie ceci." in told.says


async def test_a_case_that_this_desk_does_not_have_is_not_spoken_of(office: Office) -> None:
    await office.open()
    await office.imap.put(letter(to="<T-222-2222-1-opened-post@example.com>"))
    await office.settled()
    assert await office.imap.flags() == [{"Seen", "Flagged"}]
    assert (await office.bot.deeds())["comment"] == 0


async def test_what_no_database_takes_is_left_out(office: Office) -> None:
    """Characters that are none, by the sets that have them: else the mail would be tried for ever, and all after it wait."""
    chat = await office.open()
    raw = letter("+2AA- restart +3AA-", to=str(office.mail["Message-ID"]))
    name = b"From: =?utf-7?q?Ann=00Agent?= <ann@example.org>"
    raw = raw.replace(b'charset="utf-8"', b"charset=utf-7", 1)
    await office.imap.put(raw.replace(b"From: Ann Agent <ann@example.org>", name, 1))
    [told] = await chat.wait_for("restart")
    assert "AnnAgent" in told.says


async def test_nothing_in_an_answer_is_more_than_text(office: Office) -> None:
    chat = await office.open()
    await office.answer(
        "<at>everyone</at> [click](https://evil.example) \x00 **now**", sender='"*A* [x](y)" <a@example.org>'
    )
    [told] = await chat.wait_for("everyone")
    assert "[click](https://evil.example)" not in told.text
    assert "<at>" not in told.text
