"""The bot's own access token for the connector, by the kind of its registration; none on a developer's machine."""

from __future__ import annotations

from typing import Any, Protocol

from bot.access import Acquire, from_managed_identity, from_secret

RESOURCE = "https://api.botframework.com"


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


def acquiring(
    app_type: str, app_id: str, secret: str, tenant: str, http_client: Any = None, resource: str = RESOURCE
) -> Acquire:
    """How a registration of this type signs in to a resource; without a tenant in that of old multi-tenant bots.

    Raises ValueError if it is not complete.
    """
    if app_type == "UserAssignedMSI":
        return from_managed_identity(app_id, resource, http_client)
    if app_type not in {"SingleTenant", ""}:
        raise ValueError(f"unknown app type {app_type!r}: SingleTenant or UserAssignedMSI")
    if not secret:
        raise ValueError("an app id needs its password (or the type UserAssignedMSI)")
    return from_secret(app_id, secret, tenant or "botframework.com", resource, http_client)
