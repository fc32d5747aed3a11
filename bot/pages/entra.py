"""Sign-in through Microsoft Entra ID: authorisation code with PKCE, state and nonce, all of them msal's; then who may come in."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msal

from bot.pages.identity import Vouch

AUTHORITY = "https://login.microsoftonline.com/"
SECONDS = 15.0
SKEW = 120.0  # seconds that two clocks may differ


class CannotSignIn(Exception):
    """Entra ID did not vouch for this person, or cannot be reached. The text is for the log: it names no person."""


@dataclass(frozen=True)
class Entra:
    """One registration, and the people or the app role that it lets in.

    `credential` is its client secret, or what vouches for it instead (`bot.pages.identity`). `operators` are object ids; `role`
    is the value of an app role of the registration. `http_client` is for tests.
    """

    app_id: str
    credential: str | Vouch
    app_tenant: str
    operators: tuple[str, ...]
    role: str
    http_client: Any = None

    async def begin(self, redirect: str) -> dict[str, Any]:
        """A new flow; its `auth_uri` is where the browser goes, and the rest is to be kept, sealed, until it returns."""
        return dict(await self._ask(lambda client: client.initiate_auth_code_flow(scopes=[], redirect_uri=redirect)))

    async def finish(self, flow: Mapping[str, Any], answer: Mapping[str, str], now: float) -> tuple[str, str] | None:
        """The id and name of who came back, or None for one who is no operator. Raises `CannotSignIn`."""
        tokens = await self._ask(lambda client: client.acquire_token_by_auth_code_flow(dict(flow), dict(answer)))
        claims = tokens.get("id_token_claims")
        if not claims:
            raise CannotSignIn(str(tokens.get("error", "no id token")))
        self._check(claims, now)
        welcome = claims.get("oid") in self.operators or self.role in claims.get("roles", ())
        return (str(claims["oid"]), str(claims.get("name", ""))) if welcome else None

    def _check(self, claims: Mapping[str, Any], now: float) -> None:
        """What msal 1.39 only warns of: the token is for us, of our tenant, and of now. State and nonce it does check."""
        if claims.get("aud") != self.app_id:
            raise CannotSignIn("another app's token")
        if claims.get("tid") != self.app_tenant or self.app_tenant not in str(claims.get("iss")):
            raise CannotSignIn("another tenant's token")
        if not now - SKEW < float(claims.get("exp", 0)):
            raise CannotSignIn("an expired token")

    async def _ask(self, question: Any) -> Any:
        """Ask msal, which waits for the network, in a thread."""

        def work() -> Any:
            known = self.credential
            client = msal.ConfidentialClientApplication(
                self.app_id,
                client_credential={"client_assertion": known} if callable(known) else known,
                authority=AUTHORITY + self.app_tenant,
                http_client=self.http_client,
                **({} if self.http_client else {"timeout": SECONDS}),
            )
            return question(client)

        try:
            async with asyncio.timeout(SECONDS):
                return await asyncio.to_thread(work)
        except (
            ValueError,
            RuntimeError,
            OSError,
            TimeoutError,
        ) as failed:  # msal: a state that is not ours, no network
            raise CannotSignIn(type(failed).__name__) from failed
