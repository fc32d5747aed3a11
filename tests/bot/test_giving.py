"""A file is put before it is shown as being there; a place that does not answer holds up nobody for long."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from bot.envelope import Address, Outgoing, Upload
from bot.files.shelf import Shelf
from bot.giving import Giving
from dialogs.values import Message, Share
from handoff.file import File

CHAT = Address("msteams", "contoso", "a:1chat", "https://smba.trafficmanager.net/emea/", "28:bot")
SHARE = Share("T-7KM-2Q4X", File("1", "a.log", "text/plain", 1, "00ff"))
SORRY = Outgoing(CHAT, Message("sorry"))
ALLOWED = Outgoing(
    CHAT, Message("a.log", share=SHARE), instead=SORRY, upload=Upload("https://x.sharepoint.com/u", "", "", "", "a.log")
)


@dataclass
class Heard:
    sent: list[Outgoing] = field(default_factory=list)

    async def send(self, outgoing: Outgoing) -> str:
        self.sent.append(outgoing)
        return "1"


class Silence:
    async def put(self, upload: Upload, path: Path, size: int) -> None:
        await asyncio.Event().wait()


async def test_where_nobody_answers_that_is_said_soon(tmp_path: Path) -> None:
    heard = Heard()
    async with asyncio.timeout(2):
        await Giving(heard, Silence(), Shelf(tmp_path), patience=0.05).send(ALLOWED)
    assert heard.sent == [SORRY]
