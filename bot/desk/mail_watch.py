"""Answers to the mails of a desk, heard from its mailbox: of whom they may come from, each once; what is no answer is passed over."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.desk.letter import Enclosed, Letter, read_letter, vouched
from bot.desk.mailbox import LARGEST_MEGABYTES, Mail, Mailbox
from bot.desk.quoting import answer_in
from bot.envelope import Deed, DeskEvent
from dialogs.values import Lost
from handoff.case import as_number
from handoff.file import File

Keep = Callable[[Sequence[Enclosed]], Awaitable[tuple[tuple[File, ...], tuple[Lost, ...]]]]
IN_SUBJECT = re.compile(r"\[([^\[\]]{1,40})\]")
UNHEARD = ("bounce", "automatic", "list", "ours")  # nobody has to look at these

log = structlog.get_logger()


@dataclass(frozen=True)
class Correspondence:
    """What is known of a desk's mails: `ours` is the address that they come from, `senders` are those who may answer, addresses or
    `@example.org` for all of a domain, `checked_by` the server that says whose mail is genuine, or empty; `marks` stand above our text.
    """

    desk: str
    ours: str
    senders: tuple[str, ...]
    checked_by: str
    marks: tuple[str, ...]

    def wrong(self, letter: Letter) -> str:
        """Why a mail is not heard, or empty."""
        if letter.unwritten or letter.sender == self.ours.casefold():
            return letter.unwritten or "ours"
        if letter.sender not in self.senders and f"@{letter.sender.rpartition('@')[2]}" not in self.senders:
            return "sender"
        if self.checked_by and not vouched(letter, self.checked_by):
            return "unproven"
        return "" if self.number(letter) else "no case"

    def number(self, letter: Letter) -> str:
        """The case that a mail is about: by a mail of ours that it answers, else by its subject; or empty."""
        end = f"-{self.desk}@{self.ours.rpartition('@')[2]}"
        answered = (as_number(one) for one in letter.thread if one.endswith(end))
        named = (as_number(one) for one in IN_SUBJECT.findall(letter.subject))
        return next((number for number in (*answered, *named) if number), "")


class MailWatch:
    """Looks into one mailbox, and marks as read what is recorded or passed over; `keep` stores files before their mail is heard."""

    def __init__(self, mailbox: Mailbox, correspondence: Correspondence, keep: Keep) -> None:
        self._mailbox = mailbox
        self._known = correspondence
        self._keep = keep
        self._events: dict[int, str] = {}
        self._left: set[int] = set()
        self._passed: set[int] = set()

    async def hear(self, _now: datetime) -> list[DeskEvent]:
        """The answers among the unread mails, oldest first. Raises `TryLater` and `Undeliverable`."""
        self._events, self._left, self._passed = {}, set(), set()
        heard = [await self._heard(mail) for mail in await self._mailbox.unread()]
        return [one for one in heard if one is not None]

    async def done(self, refused: Collection[str] = ()) -> None:
        """All that was heard is recorded: it is marked as read, and what nobody has heard also for somebody to look at."""
        left = {*self._left, *(uid for uid, id_ in self._events.items() if id_ in refused)}
        await self._mailbox.mark(({*self._events} | self._passed) - left, left)

    async def _heard(self, mail: Mail) -> DeskEvent | None:
        try:
            letter, text = await asyncio.to_thread(self._read, mail)
        except Exception as broken:  # noqa: BLE001 - the parser raises anything; the mail stays where it is, for somebody to look at
            self._pass(mail, f"cannot be read: {type(broken).__name__}")
            return None
        if wrong := self._known.wrong(letter) or ("" if text or letter.files else "empty"):
            self._pass(mail, wrong)
            return None
        files, lost = await self._kept(mail, letter)
        number = self._known.number(letter)
        self._events[mail.uid] = letter.id
        return DeskEvent(letter.id, self._known.desk, number, Deed.COMMENT, text, letter.author, files=files, lost=lost)

    def _read(self, mail: Mail) -> tuple[Letter, str]:
        letter = read_letter(mail.content)
        return letter, answer_in(letter.text, self._known.marks)

    async def _kept(self, mail: Mail, letter: Letter) -> tuple[tuple[File, ...], tuple[Lost, ...]]:
        if mail.whole:
            return await self._keep(letter.files)
        return (), tuple(Lost(one.name[:120], "too-large", LARGEST_MEGABYTES) for one in letter.files)

    def _pass(self, mail: Mail, why: str) -> None:
        (self._passed if why in UNHEARD else self._left).add(mail.uid)
        tell = log.info if why in UNHEARD else log.warning
        tell("mail_not_heard", desk=self._known.desk, uid=mail.uid, reason=why)
