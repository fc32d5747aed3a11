"""Whether a request comes from the channel: the bearer token of each one, checked before anything else is done.

The rules are those of the Bot Connector's authentication page. There is no way to switch them off for a bot that has an
app id; a bot without one is in local development, and is reached from and answers to this machine only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from bot.channel.botframework.errors import Forbidden, Unauthorised
from bot.channel.botframework.hosts import is_allowed
from bot.channel.botframework.keys import SigningKey, SigningKeys

ISSUER = "https://api.botframework.com"
LEEWAY_SECONDS = 300

# PyJWT promises PyJWTError; absurd JSON in a header or a claim finds its way to the others.
_BAD_TOKEN = (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError)


@dataclass(frozen=True)
class Doorkeeper:
    """Lets in what the channel signed for this bot. Without `app_id` no token is asked for."""

    app_id: str
    keys: SigningKeys
    hosts: Collection[str]

    async def admit(self, authorization: str, activity: Mapping[str, Any]) -> None:
        """Return if the activity may be read. `authorization` is the header's value, or empty.

        Raises `Unauthorised` or `Forbidden`; nothing else, whatever the token holds.
        """
        # Nobody has looked at the activity yet: these may be anything that JSON can hold.
        service_url, channel = activity.get("serviceUrl"), activity.get("channelId")
        if self.app_id:
            claims, key = await self._open(authorization)
            if not service_url or claims.get("serviceurl") != service_url:
                raise Forbidden("the token is for another service URL")
            if not isinstance(channel, str) or channel not in key.endorsements:
                raise Forbidden("the key does not endorse the channel")
        if not isinstance(service_url, str) or not is_allowed(service_url, self.hosts):
            raise Forbidden("the service URL is not of a connector")

    async def _open(self, authorization: str) -> tuple[dict[str, Any], SigningKey]:
        """Return the token's claims and the key that signed them."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthorised("no bearer token")
        key = await self.keys.find(_key_id(token))
        if key is None:
            raise Unauthorised("unknown key")
        try:
            return _verify(token, key, self.app_id), key
        except _BAD_TOKEN as error:
            raise Unauthorised(type(error).__name__) from None


def _key_id(token: str) -> str:
    try:
        return str(jwt.get_unverified_header(token).get("kid", ""))
    except _BAD_TOKEN as error:
        raise Unauthorised(type(error).__name__) from None


def _verify(token: str, key: SigningKey, app_id: str) -> dict[str, Any]:
    return jwt.decode(
        token,
        key.public,
        algorithms=["RS256"],
        audience=app_id,
        issuer=ISSUER,
        leeway=LEEWAY_SECONDS,
        options={"require": ["exp", "iss", "aud"], "strict_aud": True},
    )
