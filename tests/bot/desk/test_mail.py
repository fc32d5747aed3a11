"""A mail arrives once, in its thread, in the desk's language, and nothing that a person wrote becomes a header."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from bot.desk.contract import TryLater, Undeliverable
from bot.desk.mail import MailDesk
from bot.desk.smtp import Server
from bot.desk.told import Wording
from tests.bot.desk.contract import DeskContract
from tests.bot.desk.places import ERASED, LARGE, PICTURE, Shelved, case_of, commented, handover, opened
from tests.dialogs.cards.scenes import knowledge
from tests.fakes.mail import MailServer


@dataclass
class Mailroom:
    """The desk, and the mailbox on the other side."""

    server: MailServer
    desk: MailDesk = field(init=False)

    async def threads(self) -> list[list[str]]:
        threads: dict[str, list[str]] = {}
        for mail in self.server.mailbox:
            root = str(mail["References"] or mail["Message-ID"])
            threads.setdefault(root, []).append(f"{mail['Subject']}\n{body(mail)}")
        return list(threads.values())

    async def lose_a_reply(self) -> None:
        self.server.answers.append("drop")

    async def refuse(self) -> None:
        self.server.answers += ["550 no such mailbox"] * 9

    async def go_away(self) -> None:
        self.desk = desk_at(1)


def desk_at(port: int, language: str = "en") -> MailDesk:
    server = Server("127.0.0.1", port, "none")
    wording = Wording(knowledge().words, language)
    return MailDesk(
        server, "Triage <triage@example.com>", "desk@example.org", wording, lambda: datetime.now(UTC), Shelved()
    )


def body(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.fixture
async def mailroom() -> AsyncIterator[Mailroom]:
    async with MailServer().running() as server:
        room = Mailroom(server)
        room.desk = desk_at(server.port)
        yield room


class TestMail(DeskContract):
    @pytest.fixture
    async def place(self, mailroom: Mailroom) -> Mailroom:
        return mailroom


async def test_a_mail_that_is_greylisted_is_tried_later_and_arrives_once(mailroom: Mailroom) -> None:
    mailroom.server.answers = ["451 try again"]
    new = handover(case_of(), opened(case_of()))
    with pytest.raises(TryLater, match="451"):
        await mailroom.desk.deliver(new, "")
    await mailroom.desk.deliver(new, "")

    assert len(mailroom.server.taken) == 1


async def test_a_mail_that_was_taken_before_the_line_dropped_comes_again_under_the_same_id(mailroom: Mailroom) -> None:
    mailroom.server.answers = ["drop"]
    new = handover(case_of(), opened(case_of()))
    with pytest.raises(TryLater):
        await mailroom.desk.deliver(new, "")
    reference = await mailroom.desk.deliver(new, "")

    first, second = mailroom.server.taken
    assert first["Message-ID"] == second["Message-ID"] == reference
    assert first.as_bytes().splitlines()[5:9] == second.as_bytes().splitlines()[5:9]


async def test_a_mailbox_that_does_not_exist_is_final(mailroom: Mailroom) -> None:
    mailroom.server.answers = ["550 no such mailbox"]
    with pytest.raises(Undeliverable, match="550"):
        await mailroom.desk.deliver(handover(case_of(), opened(case_of())), "")


async def test_a_thread_refers_to_its_first_mail_and_says_re(mailroom: Mailroom) -> None:
    case, event = commented(case_of(), "It began on Tuesday")
    reference = await mailroom.desk.deliver(handover(case_of(), opened(case_of())), "")
    await mailroom.desk.deliver(handover(case, event), reference)

    first, second = mailroom.server.taken
    assert second["In-Reply-To"] == second["References"] == first["Message-ID"] == reference
    assert (first["Subject"], second["Subject"]) == ("[T-222-2222] No mail", "Re: [T-222-2222] No mail")


async def test_no_title_adds_a_header_and_no_words_add_a_tag(mailroom: Mailroom) -> None:
    evil = case_of(packet=None, description="x\r\nBcc: eve@example.com\r\n\r\n<b>bold</b>\x00")
    await mailroom.desk.deliver(handover(evil, opened(evil)), "")

    [mail] = mailroom.server.taken
    assert mail["Bcc"] is None
    assert "\n" not in str(mail["Subject"])
    assert "<b>" not in body(mail, "html")
    assert "&lt;b&gt;bold" in body(mail, "html")
    assert "<b>bold" in body(mail)


async def test_it_is_written_in_the_language_of_the_desk(mailroom: Mailroom) -> None:
    await desk_at(mailroom.server.port, "fr").deliver(handover(case_of(), opened(case_of())), "")

    text = body(mailroom.server.taken[0])
    assert "Gravité\u00a0: A" in text
    assert "Dossier" in text


async def test_files_travel_along_and_what_does_not_is_named(mailroom: Mailroom) -> None:
    new = replace(handover(case_of(), opened(case_of())), files=(PICTURE, LARGE, ERASED))
    await mailroom.desk.deliver(new, "")

    [mail] = mailroom.server.taken
    attached = [(one.get_filename(), one.get_content_type(), one.get_content()) for one in mail.iter_attachments()]
    assert attached == [(PICTURE.name, "image/png", Shelved.kept[PICTURE.sha256])]
    assert f"File: {PICTURE.name} (image/png, 0.1 kB)" in body(mail)
    assert "all.pdf is not attached: all files together may have 15 MB" in body(mail)
    assert "gone.log is not attached: it is not kept any more" in body(mail)
