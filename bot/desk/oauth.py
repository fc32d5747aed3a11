"""How a mail desk signs in by OAuth 2.0: as an app of Microsoft Entra, with an access token for Exchange Online."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from bot.access import LOGIN, AccessTokens, NoAccess, mending
from bot.desk.contract import TryLater

T = TypeVar("T")

RESOURCE = "https://outlook.office365.com"  # one token for it is good for SMTP and IMAP
TOKEN_SECONDS = 12.0  # longest that anybody waits for a token
HOST = urlsplit(LOGIN).hostname


class TokenRefused(Exception):
    """A mail server does not take the token. The message says so, and what to look at."""


@dataclass(frozen=True)
class Door:
    """What has to be open for an app: the `permission` of its registration, and what is switched `on` for the mailbox."""

    permission: str
    on: str


SMTP = Door("SMTP.SendAsApp", "authenticated SMTP")
IMAP = Door("IMAP.AccessAsApp", "IMAP")


class AppSignIn:
    """An app that signs in by its own `tokens`. `client_id` and the name of its `secret` are what its operator is told."""

    def __init__(self, tokens: AccessTokens, client_id: str, secret: str) -> None:
        self._tokens = tokens
        self._client_id = client_id
        self._secret = secret

    async def signed_in(self, attempt: Callable[[str], Awaitable[T]]) -> T:
        """What the attempt returns, which signs in with the token that it is given; where that is refused, once more with another.

        An attempt raises `TokenRefused` before it has done anything. Raises what the second one raises, and `TryLater` where no token
        can be had.
        """
        token = await self._token()
        try:
            return await attempt(token)
        except TokenRefused:
            return await attempt(await self._another(token))

    def refusal(self, server: str, answer: str, user: str, door: Door) -> TokenRefused:
        """What is said of a server that does not take the token, with its `answer` if it gave one that helps."""
        return TokenRefused(
            f"{server} does not let the app {self._client_id} in as {user!r}{answer and f' ({answer})'}: look at its permission "
            f"{door.permission} with admin consent, at its service principal and that one's right to the mailbox in Exchange, and whether "
            f"{door.on} is on for the mailbox"
        )

    async def _another(self, refused: str) -> str:
        """A token that is not the refused one; if somebody else had it renewed meanwhile, that is it."""
        if await self._token() == refused:
            self._tokens.drop()
        return await self._token()

    async def _token(self) -> str:
        try:
            async with asyncio.timeout(TOKEN_SECONDS):
                return await self._tokens.token()
        except TimeoutError:
            raise TryLater(f"{HOST} does not answer within {TOKEN_SECONDS:g} seconds") from None
        except NoAccess as problem:
            raise TryLater(self._said(problem)) from problem

    def _said(self, problem: NoAccess) -> str:
        if problem.__cause__ is not None:  # not even a refusal came
            return f"{HOST} gives no answer ({problem})"
        todo = mending(str(problem), "client_id", "tenant", self._secret)
        return f"{HOST} refuses the app {self._client_id} ({problem}): {todo}"
