"""The connector that both bots answer to, as small as can be: it takes every message and tells who waits for it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import unquote

from aiohttp import web


class Connector:
    """Hears the replies of a bot. `expect` before posting, then await what it returned: the first reply's body."""

    def __init__(self) -> None:
        self.service_url = ""
        self.unexpected = 0
        self._waiting: dict[str, asyncio.Future[bytes]] = {}

    def expect(self, conversation: str) -> asyncio.Future[bytes]:
        """Wait for the first message into this conversation."""
        arrival = asyncio.get_running_loop().create_future()
        self._waiting[conversation] = arrival
        return arrival

    def forget(self, conversation: str) -> None:
        """No message into this conversation is waited for any more."""
        self._waiting.pop(conversation, None)

    async def hear(self, request: web.BaseRequest) -> web.Response:
        """Take `POST /v3/conversations/{conversation}/activities/{activity}`."""
        body = await request.read()
        if json.loads(body).get("type") == "typing":  # a sign that a reply will come is none
            return web.json_response({}, status=202)
        conversation = unquote(request.rel_url.raw_path).split("/")[3]
        arrival = self._waiting.get(conversation)
        if arrival is None or arrival.done():
            self.unexpected += 1
        else:
            arrival.set_result(body)
        return web.json_response({"id": conversation}, status=201)


@asynccontextmanager
async def listening() -> AsyncIterator[Connector]:
    """Serve a connector on loopback."""
    connector = Connector()
    runner = web.ServerRunner(web.Server(connector.hear, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    connector.service_url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    try:
        yield connector
    finally:
        await runner.cleanup()
