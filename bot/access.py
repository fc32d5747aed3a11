"""Access tokens of an app, from Microsoft Entra: with a client secret, or as a managed identity.

MSAL is synchronous: it runs in a thread, once for all who need a token, and the token is kept until shortly
before it ends. MSAL's own cache is left out on purpose: a token that was refused must not come back from it.
"""

from __future__ import annotations

import asyncio
import functools
import math
from collections.abc import Callable, Mapping
from typing import Any

import msal
import requests

from bot.flight import Flight

LOGIN = "https://login.microsoftonline.com"
LOGIN_SECONDS = 5.0
EARLY_SECONDS = 300.0  # renewed this long before it ends, so that no call carries a dying token

MENDING = {
    "invalid_client": "the secret is wrong or has expired; make a new one under Certificates & secrets, and set {secret}",
    "unauthorized_client": "this tenant does not know the app; check {app} and {tenant}",
    "invalid_request": "the tenant does not exist; check {tenant}",
    "invalid_tenant": "the tenant does not exist; check {tenant}",
    "invalid_scope": "the app may not sign in by itself; check its registration",
    "temporarily_unavailable": "Microsoft's login service is busy; wait",
}

Acquire = Callable[[], Mapping[str, Any]]


class NoAccess(Exception):
    """No access token can be had now. The message is MSAL's error code."""


class AccessTokens:
    """Tokens from `acquire`, which may block and answers as MSAL does; `clock` gives seconds."""

    def __init__(self, acquire: Acquire, clock: Callable[[], float]) -> None:
        self._acquire = acquire
        self._clock = clock
        self._token = ""
        self._ends = -math.inf
        self._renewal = Flight(self._renew)

    async def token(self) -> str:
        """Return a token that is good for some minutes. Raises `NoAccess`."""
        if not self._token or self._clock() >= self._ends - EARLY_SECONDS:
            await self._renewal.join()
        return self._token

    def drop(self) -> None:
        """Forget the token: the next call fetches another."""
        self._token = ""

    async def _renew(self) -> None:
        try:
            answer = await asyncio.to_thread(self._acquire)
        except Exception as error:  # MSAL lets through whatever its HTTP client and its parsers raise
            raise NoAccess(type(error).__name__) from error
        if "access_token" not in answer:
            raise NoAccess(str(answer.get("error", "no token")))
        self._ends = self._clock() + float(answer.get("expires_in", 0))
        self._token = str(answer["access_token"])


def from_secret(app_id: str, secret: str, tenant: str, resource: str, http_client: Any = None) -> Acquire:
    """Sign in to a resource with a client secret, in this tenant. `http_client` replaces MSAL's own."""

    def acquire() -> Mapping[str, Any]:
        try:
            application = msal.ConfidentialClientApplication(
                app_id,
                client_credential=secret,
                authority=f"{LOGIN}/{tenant}",
                instance_discovery=False,  # there is nothing to discover about an authority that is a constant
                http_client=http_client or _http_client(),
            )
        except ValueError:  # what MSAL raises for a tenant that does not exist
            return {"error": "invalid_tenant"}
        answer: Mapping[str, Any] = application.acquire_token_for_client(scopes=[f"{resource}/.default"])
        return answer

    return acquire


def from_managed_identity(client_id: str, resource: str, http_client: Any = None) -> Acquire:
    """Sign in to a resource as the user-assigned managed identity of the machine the bot runs on; there is no secret."""

    def acquire() -> Mapping[str, Any]:
        identity = msal.UserAssignedManagedIdentity(client_id=client_id)
        client = msal.ManagedIdentityClient(identity, http_client=http_client or _http_client())
        answer: Mapping[str, Any] = client.acquire_token_for_client(resource=resource)
        return answer

    return acquire


def mending(error: str, app: str, tenant: str, secret: str) -> str:
    """What to do about an error code of a sign-in, by the names under which app id, tenant and secret are set."""
    return MENDING.get(error, "check the registration").format(app=app, tenant=tenant, secret=secret)


def _http_client() -> requests.Session:
    """Make a session that gives up: requests has no time-out of its own for all calls of a session."""
    session = requests.Session()
    session.request = functools.partial(session.request, timeout=LOGIN_SECONDS)  # type: ignore[method-assign]
    return session
