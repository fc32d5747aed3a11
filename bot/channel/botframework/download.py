"""Fetches what people send along, both ways: pictures from the connector with our token, files from where they lie without."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection

import aiohttp
from yarl import URL

from bot.access import NoAccess
from bot.channel.botframework.credentials import Credentials
from bot.channel.botframework.hosts import may_fetch
from bot.channel.botframework.session import Session
from bot.envelope import CannotFetch, Offer

PIECE_BYTES = 256 * 1024


class Downloads:
    """Fetches from `connectors`, with our token, and from `places`, with none: it is for Microsoft's connector and nobody else."""

    def __init__(
        self, session: Session, credentials: Credentials, connectors: Collection[str], places: Collection[str]
    ) -> None:
        self._session = session
        self._credentials = credentials
        self._connectors = connectors
        self._places = places

    async def stream(self, offer: Offer) -> AsyncIterator[bytes]:
        """The bytes of a file, piece by piece; no redirect is followed. Raises `CannotFetch`."""
        if not may_fetch(offer.url, self._connectors if offer.ours else self._places):
            raise CannotFetch("elsewhere")
        try:
            headers = {"Accept-Encoding": "identity"}
            if offer.ours and (token := await self._credentials.token()):
                headers["Authorization"] = f"Bearer {token}"
            url = URL(offer.url, encoded=True)
            async with self._session.open().get(url, headers=headers, allow_redirects=False) as response:
                if response.status != 200:
                    raise CannotFetch("unreachable")
                async for piece in response.content.iter_chunked(PIECE_BYTES):
                    yield piece
        except (aiohttp.ClientError, NoAccess, ValueError) as trouble:
            raise CannotFetch("unreachable") from trouble
