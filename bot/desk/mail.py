"""A desk that is told by mail: one thread for each case, and the same mail again when it is not known whether it arrived."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

from bot.desk.attached import Attached, Bytes, attached
from bot.desk.contract import Handover
from bot.desk.mailbox import Mailbox
from bot.desk.smtp import Server, Session
from bot.desk.told import Wording

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")


class MailDesk:
    """Writes to `to` in the name of `sender`. Where there is a `mailbox`, answers are read from it."""

    def __init__(
        self,
        server: Server,
        sender: str,
        to: str,
        wording: Wording,
        clock: Callable[[], datetime],
        shelf: Bytes,
        mailbox: Mailbox | None = None,
    ) -> None:
        self.mailbox = mailbox
        self._server = server
        self._sender = sender
        self._to = to
        self._wording = wording
        self._clock = clock
        self._shelf = shelf

    async def deliver(self, handover: Handover, reference: str) -> str:
        """Send one mail; the first one's id is what the others of its case refer to. Raises what a desk raises."""
        files = await attached(handover.files, self._shelf)
        message = await asyncio.to_thread(self._message, handover, reference, files)
        async with Session(self._server) as session:
            await session.send_message(message, sender=address_of(self._sender), recipients=[address_of(self._to)])
        return reference or str(message["Message-ID"])

    async def reach(self) -> str:
        """Ask the server whether it would take mail for the desk, and send none; and look into the mailbox, if there is one."""
        async with Session(self._server) as session:
            await session.ehlo()
            await session.mail(address_of(self._sender))
            await session.rcpt(address_of(self._to))
            await session.rset()
        read = f"; {await self.mailbox.reach()}" if self.mailbox else ""
        return f"{self._server.host}:{self._server.port} takes mail for {self._to}{read}"

    def _message(self, handover: Handover, reference: str, files: Attached) -> EmailMessage:
        """The mail of a handover: the same one, with the same id, however often it is made."""
        first = not reference
        text = self._wording.text(handover, whole=first, files=files)
        if self.mailbox:
            text = f"— {self._wording.say('mail-answer-above')} —\n\n{text}"
        subject = ("" if first else "Re: ") + self._wording.subject(handover)
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"] = self._sender, self._to
        message["Subject"] = _line(subject)[:200]
        message["Date"] = handover.event.at
        message["Message-ID"] = f"<{_line(handover.key)}@{address_of(self._sender).partition('@')[2]}>"
        if reference:
            message["In-Reply-To"] = message["References"] = _line(reference)
        message["X-Triage-Case"] = handover.case.number
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        message.add_alternative(_page(text), subtype="html")
        for file, content in files.files:
            main, _, sub = file.kind.partition("/")
            message.add_attachment(content, main, sub, filename=_line(file.name))
        return message


def _line(text: str) -> str:
    """One line, whatever was in it: nothing that a person wrote can add a header."""
    return UNPRINTABLE.sub(" ", text).strip()


def address_of(written: str) -> str:
    """The address alone: "Desk <desk@example.org>" is written to as desk@example.org."""
    found = re.search(r"<([^<>]+)>\s*$", written)
    return (found[1] if found else written).strip()


def _page(text: str) -> str:
    """The text as simple HTML; what people wrote is text there too."""
    paragraphs = "".join(
        f"<p>{'<br>'.join(html.escape(line) for line in part.splitlines())}</p>" for part in text.split("\n\n") if part
    )
    return f'<!doctype html><html><body style="font-family: sans-serif">{paragraphs}</body></html>'
