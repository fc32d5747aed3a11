"""The one aiohttp session that all calls of this channel share."""

from __future__ import annotations

from typing import Any

import aiohttp

FETCH_SECONDS = 5.0


class Session:
    """Opens when first used, inside the running loop. Keeps no cookies: many conversations share it."""

    def __init__(self) -> None:
        self._client: aiohttp.ClientSession | None = None

    def open(self) -> aiohttp.ClientSession:
        """Return the client, opened if need be."""
        if self._client is None or self._client.closed:
            self._client = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self._client

    async def close(self) -> None:
        """Close all connections; a later use opens the session anew."""
        if self._client is not None:
            await self._client.close()

    async def fetch_json(self, url: str) -> Any:
        """GET a JSON document within 5 seconds, following no redirect.

        Raises `aiohttp.ClientError`, `TimeoutError` or `ValueError`.
        """
        timeout = aiohttp.ClientTimeout(total=FETCH_SECONDS)
        async with self.open().get(url, timeout=timeout, allow_redirects=False) as response:
            if response.status != 200:
                raise ValueError(f"HTTP {response.status}")
            return await response.json(content_type=None)
