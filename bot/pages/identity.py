"""Without a client secret: the machine's managed identity vouches for the registration that operators sign in to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msal
import requests

EXCHANGE = "api://AzureADTokenExchange"  # what a federated credential of a registration expects a token for
SECONDS = 5.0

Vouch = Callable[[], str]


class NoIdentity(OSError):
    """The machine has no such identity, or it does not answer."""


def vouching(identity: str, http_client: Any = None) -> Vouch:
    """A function that asks for the identity's token, anew each time: msal keeps it while it holds. It raises `NoIdentity`.

    `identity` is the client id of a user-assigned managed identity.
    """
    client = msal.ManagedIdentityClient(
        msal.UserAssignedManagedIdentity(client_id=identity), http_client=http_client or _Session()
    )

    def vouch() -> str:
        answer = client.acquire_token_for_client(resource=EXCHANGE)
        if "access_token" not in answer:
            raise NoIdentity(str(answer.get("error", "no token")))
        return str(answer["access_token"])

    return vouch


class _Session(requests.Session):
    """Gives up in time."""

    def request(self, *asked: Any, **options: Any) -> requests.Response:
        """Ask, for some seconds at most."""
        return super().request(*asked, **{"timeout": SECONDS, **options})
