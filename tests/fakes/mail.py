"""A mail server of our own for tests: it takes mail, and can refuse it, ask to be tried again, hang up, or ask for a token first."""

from __future__ import annotations

import asyncio
import ssl
from base64 import b64decode
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, ClassVar

from aiosmtpd.smtp import MISSING, SMTP, AuthResult

from tests.fakes.tokens import CHALLENGE, Doorman


class Session(SMTP):
    """Takes commands as long as those with a token are, as RFC 4954 has it."""

    line_length_limit = 12_288
    command_size_limits: ClassVar[dict[str, int]] = defaultdict(lambda: 12_288)


@dataclass
class MailServer:
    """`taken` are the mails that were taken, in order. `answers` are given in turn in the place of "250 OK"; "drop" takes and hangs up."""

    taken: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    port: int = 0
    doorman: Doorman | None = None
    tls: ssl.SSLContext | None = None

    async def auth_XOAUTH2(self, server: Any, arguments: list[str]) -> AuthResult:  # noqa: N802
        """As RFC 4954 and Exchange have it: a token that is refused is asked about, and the answer has to be an empty line."""
        assert self.doorman is not None
        if self.doorman.lets_in(b64decode(arguments[1])):
            return AuthResult(success=True)
        if self.doorman.ask:
            answer = await server.challenge_auth(CHALLENGE)
            self.doorman.answers.append(b"*" if answer is MISSING else answer)
        return AuthResult(success=False, handled=False, message=self.doorman.refusal)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if self.answers and self.answers[0][0] in "45":
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        if self.answers and self.answers[0] == "drop":
            self.answers.pop(0)
            server.transport.abort()
        return "250 OK"

    @property
    def mailbox(self) -> list[EmailMessage]:
        """What its reader sees: the same mail twice is one."""
        return list({str(one["Message-ID"]): one for one in self.taken}.values())

    @asynccontextmanager
    async def running(self) -> AsyncIterator[MailServer]:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._session, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()

    def _session(self) -> SMTP:
        mechanisms = ["LOGIN", "PLAIN"] if self.doorman else ["LOGIN", "PLAIN", "XOAUTH2"]
        return Session(
            self,
            hostname="mail.test",
            auth_required=self.doorman is not None,
            auth_require_tls=self.tls is not None,
            auth_exclude_mechanism=mechanisms,
            tls_context=self.tls,
        )
