"""The bot's own access token for the connector, from a client secret or a managed identity.

MSAL is synchronous: it runs in a thread, once for all turns that need a token, and the token is kept until shortly
before it ends. MSAL's own cache is left out on purpose: a token the connector refused must not come back from it.
"""

from __future__ import annotations

import asyncio
import functools
import math
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import msal
import requests

from bot.channel.botframework.flight import Flight

RESOURCE = "https://api.botframework.com"
LOGIN = "https://login.microsoftonline.com"
LOGIN_SECONDS = 5.0
EARLY_SECONDS = 300.0  # renewed this long before it ends, so that no call carries a dying token

Acquire = Callable[[], Mapping[str, Any]]


class NoAccess(Exception):
    """No access token can be had now. The message is MSAL's error code."""


class Credentials(Protocol):
    """Where the connector's bearer token comes from."""

    async def token(self) -> str:
        """Return a token, or an empty string if none is to be sent. Raises `NoAccess`."""
        ...

    def drop(self) -> None:
        """Forget the token: the connector has refused it."""
        ...


class Anonymous:
    """Local development: connectors on this machine ask for no token."""

    async def token(self) -> str:
        """Return no token."""
        return ""

    def drop(self) -> None:
        """There is nothing to forget."""


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


def acquiring(
    app_type: str, app_id: str, secret: str, tenant: str, http_client: Any = None, resource: str = RESOURCE
) -> Acquire:
    """How a registration of this type signs in to a resource. Raises ValueError if it is not complete."""
    if app_type == "UserAssignedMSI":
        return from_managed_identity(app_id, http_client, resource)
    if app_type not in {"SingleTenant", ""}:
        raise ValueError(f"unknown app type {app_type!r}: SingleTenant or UserAssignedMSI")
    if not secret:
        raise ValueError("an app id needs its password (or the type UserAssignedMSI)")
    return from_secret(app_id, secret, tenant, http_client, resource)


def from_secret(app_id: str, secret: str, tenant: str, http_client: Any = None, resource: str = RESOURCE) -> Acquire:
    """Sign in with a client secret, in the bot's own tenant (or, if empty, in that of old multi-tenant bots)."""

    def acquire() -> Mapping[str, Any]:
        application = msal.ConfidentialClientApplication(
            app_id,
            client_credential=secret,
            authority=f"{LOGIN}/{tenant or 'botframework.com'}",
            instance_discovery=False,  # there is nothing to discover about an authority that is a constant
            http_client=http_client or _http_client(),
        )
        answer: Mapping[str, Any] = application.acquire_token_for_client(scopes=[f"{resource}/.default"])
        return answer

    return acquire


def from_managed_identity(client_id: str, http_client: Any = None, resource: str = RESOURCE) -> Acquire:
    """Sign in as the user-assigned managed identity of the machine the bot runs on; there is no secret."""

    def acquire() -> Mapping[str, Any]:
        identity = msal.UserAssignedManagedIdentity(client_id=client_id)
        client = msal.ManagedIdentityClient(identity, http_client=http_client or _http_client())
        answer: Mapping[str, Any] = client.acquire_token_for_client(resource=resource)
        return answer

    return acquire


def _http_client() -> requests.Session:
    """Make a session that gives up: requests has no time-out of its own for all calls of a session."""
    session = requests.Session()
    session.request = functools.partial(session.request, timeout=LOGIN_SECONDS)  # type: ignore[method-assign]
    return session
