"""A TCP proxy that lets requests through and cuts some of the answers off."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class CuttingProxy:
    """Cuts the answer of a `share` of the requests that begin with `match`, after they have gone through."""

    host: str
    port: int
    match: bytes
    share: float
    luck: random.Random = field(default_factory=lambda: random.Random(1))
    through: int = 0
    cut: int = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        async with server:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection(self.host, self.port)
        except OSError:
            writer.close()
            return
        cutting = asyncio.Event()
        up = asyncio.create_task(self._up(reader, back, cutting))
        down = asyncio.create_task(self._down(there, writer, cutting))
        with suppress(asyncio.CancelledError):
            await asyncio.wait([up, down], return_when=asyncio.FIRST_COMPLETED)
        for task in (up, down):
            task.cancel()
        for one in (writer, back):
            one.close()

    async def _up(self, reader: asyncio.StreamReader, back: asyncio.StreamWriter, cutting: asyncio.Event) -> None:
        while data := await reader.read(65536):
            if data.startswith(self.match):
                self.through += 1
                if self.luck.random() < self.share:
                    self.cut += 1
                    cutting.set()
            back.write(data)
            await back.drain()

    async def _down(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter, cutting: asyncio.Event) -> None:
        while data := await there.read(65536):
            if cutting.is_set():
                writer.transport.abort()
                return
            writer.write(data)
            await writer.drain()
