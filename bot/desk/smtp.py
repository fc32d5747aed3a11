"""A connection to a mail server, for one mail: signed in with a password, with a token, or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

import aiosmtplib

from bot.desk.contract import TryLater, Undeliverable
from bot.desk.oauth import SMTP, AppSignIn, TokenRefused

CALL_SECONDS = 20.0
REFUSED = 535  # RFC 4954: who signs in is not let in; all else is about the server
STATUS = re.compile(r"\d\.\d{1,3}\.\d{1,3}\b")  # RFC 3463


@dataclass(frozen=True)
class Server:
    """A mail server for sending. `security` is tls, starttls or none; without a user nobody signs in; an `app` needs no password."""

    host: str
    port: int
    security: str = "starttls"
    user: str = ""
    password: str = ""
    app: AppSignIn | None = None


class Session:
    """Opened and closed by a `with`; what goes wrong is told in a desk's words."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            username=server.user or None,
            password=server.password or None,
            timeout=CALL_SECONDS,
        )

    async def __aenter__(self) -> aiosmtplib.SMTP:
        app = self._server.app
        try:
            await (app.signed_in(self._with_token) if app else self._client.connect())
        except TokenRefused as refusal:
            raise TryLater(str(refusal)) from refusal
        except (aiosmtplib.SMTPException, OSError, ValueError) as problem:
            raise TryLater(self._unopened(problem)) from problem
        return self._client

    async def __aexit__(self, _kind: object, problem: BaseException | None, _trace: object) -> None:
        if problem is None:
            await self._leave()
            return
        self._client.close()
        if isinstance(problem, aiosmtplib.SMTPException | OSError | ValueError):
            code = _code(problem)
            raise (Undeliverable if 500 <= code < 600 else TryLater)(_reason(problem)) from problem

    async def _with_token(self, token: str) -> None:
        """Connect and sign in. Raises `TokenRefused`, after which nothing is open."""

        async def same() -> str:
            return token

        try:
            await self._client.connect(oauth_token_generator=same)
        except aiosmtplib.SMTPAuthenticationError as refusal:
            app = self._server.app
            if app is None or refusal.code != REFUSED:
                raise
            raise app.refusal(self._server.host, _answer(refusal), self._server.user, SMTP) from refusal

    def _unopened(self, problem: Exception) -> str:
        place = f"{self._server.host}:{self._server.port}"
        if "XOAUTH2" in str(problem):  # aiosmtplib's words where a server does not offer it
            return f"{place} takes no sign-in by OAuth (XOAUTH2)"
        return _reason(problem) if _code(problem) else f"nobody answers at {place}"

    async def _leave(self) -> None:
        """Say goodbye; the mail is taken already, so whatever goes wrong now is nothing."""
        try:
            await self._client.quit()
        except (aiosmtplib.SMTPException, OSError):
            self._client.close()


def _code(problem: BaseException) -> int:
    """The server's own code for a refusal; 0 where it gave none."""
    if isinstance(problem, aiosmtplib.SMTPRecipientsRefused):
        return max((_code(one) for one in problem.recipients), default=0)
    return int(problem.code) if isinstance(problem, aiosmtplib.SMTPResponseException) else 0


def _reason(problem: BaseException) -> str:
    code = _code(problem)
    return f"the mail server answers {code}" if code else type(problem).__name__


def _answer(refusal: aiosmtplib.SMTPAuthenticationError) -> str:
    """The codes of a refusal, and what Exchange says where nobody may sign in to send. No other words: they could be ours, sent back."""
    status = STATUS.match(refusal.message)
    off = "SmtpClientAuthentication is disabled"
    said = (str(refusal.code), status[0] if status else "", off if off in refusal.message else "")
    return " ".join(part for part in said if part)
