"""The other side of a real ticketing system: asked directly, while the desk reaches it through a proxy that can cut."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.desk.web import Web
from tests.heavy.proxy import CuttingProxy


@dataclass
class Beyond:
    """`api` is where it is asked directly, with this `authorization`; `url` is where the desk has to call, over `web`."""

    api: str
    authorization: str
    proxy: CuttingProxy
    url: str
    web: Web

    async def ask(self, method: str, path: str, body: Any = None, authorization: str = "") -> Any:
        headers = {"Authorization": authorization or self.authorization, "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body)
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, f"{self.api}{path}", data=data, headers=headers) as reply,
        ):
            assert reply.status < 300, await reply.text()
            return await reply.json() if reply.status != 204 else None

    async def lose_a_reply(self) -> None:
        """Cut the next answer off."""
        before, self.proxy.share = self.proxy.cut, 1.0

        async def once() -> None:
            while self.proxy.cut == before:
                await asyncio.sleep(0.001)
            self.proxy.share = 0.0

        self._once = asyncio.create_task(once())


@asynccontextmanager
async def beyond(api: str, authorization: str, match: bytes) -> AsyncIterator[Beyond]:
    """The way there: a proxy that can cut the answers to requests that begin so."""
    parts = urlsplit(api)
    proxy, web = CuttingProxy(str(parts.hostname), int(parts.port or 0), match, 0.0), Web(["127.0.0.1"])
    async with proxy.running() as url:
        yield Beyond(api, authorization, proxy, url, web)
    await web.close()
