"""Puts a file where somebody allowed it: into their OneDrive, by the address that Teams gave for it, without our token."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from pathlib import Path

import aiohttp
from yarl import URL

from bot.channel.botframework.hosts import may_fetch
from bot.channel.botframework.session import Session
from bot.envelope import TryLater, Undeliverable, Upload

PUT_SECONDS = 12.0


class Uploads:
    """Puts to `places`, and nowhere else: an address comes from outside."""

    def __init__(self, session: Session, places: Collection[str], seconds: float = PUT_SECONDS) -> None:
        self._session = session
        self._places = places
        self._seconds = seconds

    async def put(self, upload: Upload, path: Path, size: int) -> None:
        """Send the whole file at once. Raises `Undeliverable` (no such place, or no file any more) or `TryLater`."""
        if not may_fetch(upload.url, self._places):
            raise Undeliverable("the file is to be put to a place that is not allowed")
        try:
            async with asyncio.timeout(self._seconds):
                await self._put(upload, path, size)
        except FileNotFoundError as gone:
            raise Undeliverable("the file is kept no longer") from gone
        except ValueError as nowhere:  # what looks like an address until somebody goes there
            raise Undeliverable("the file is to be put to a place that does not exist") from nowhere
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            raise TryLater(type(trouble).__name__) from trouble

    async def _put(self, upload: Upload, path: Path, size: int) -> None:
        headers = {"Content-Range": f"bytes 0-{size - 1}/{size}", "Content-Type": "application/octet-stream"}
        url = URL(upload.url, encoded=True)
        file = await asyncio.to_thread(path.open, "rb")
        try:
            request = self._session.open().put(url, data=file, headers=headers, allow_redirects=False)
            async with request as response:
                _judge(response.status)
        finally:
            await asyncio.to_thread(file.close)


def _judge(status: int) -> None:
    if 200 <= status < 300:
        return
    if status in {408, 423, 429} or status >= 500:
        raise TryLater(f"the file was not taken: {status}")
    raise Undeliverable(f"the file was refused: {status}")
