"""Replicas of a bot over one database, each following the registry, with the people around them."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Self

import aiohttp

from bot.app import Parts, build_app
from bot.files.rules import load_file_rules
from bot.knowledge import read_knowledge
from bot.metrics import Metrics
from bot.models.keys import trust_of
from bot.models.served import bring
from bot.reader import WorkerReader
from bot.settings import Settings, read_settings
from bot.store import open_store
from classifier.manifest import read_manifest
from tests.conftest import DATA
from tests.fakes.connector import FakeTeams
from tests.fakes.server import serving
from tests.models.conftest import now


class Replicas:
    """So many bots, each with a var folder of its own, as on so many machines."""

    def __init__(self, database_url: str, folder: Path, many: int) -> None:
        self.settings = [
            read_settings(var=folder / f"replica{place}", database_url=database_url) for place in range(many)
        ]
        self.urls: list[str] = []
        self.teams: list[FakeTeams] = []
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        for settings in self.settings:
            await bring(settings, now())
            teams = await self._stack.enter_async_context(FakeTeams())
            url = await self._stack.enter_async_context(serving(build_app(parts(settings))))
            teams.bot_url = f"{url}/api/messages"
            self.urls.append(url)
            self.teams.append(teams)
        self._client = await self._stack.enter_async_context(aiohttp.ClientSession())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def serve(self) -> list[str]:
        """Which model each of them serves."""
        return [(await self._json(f"{url}/readyz"))["model"] for url in self.urls]

    async def metrics(self) -> list[str]:
        """What each of them has counted."""
        found = []
        for url in self.urls:
            async with self._client.get(f"{url}/metrics") as response:
                found.append(await response.text())
        return found

    async def _json(self, url: str) -> Any:
        async with self._client.get(url) as response:
            return await response.json()


def parts(settings: Settings) -> Parts:
    """What `triage serve` is put together from."""
    trust = trust_of(settings)
    manifest = read_manifest(settings.model_folder, trust)
    knowledge = read_knowledge(DATA, manifest.thresholds)
    metrics = Metrics()
    metrics.serves(manifest.version)
    store = open_store(settings.database, settings.plan)
    reader = WorkerReader(settings.model_folder.resolve(), trust)
    files = load_file_rules(DATA / "rules" / "files.toml")
    return Parts(settings, store, reader, manifest.version, knowledge, metrics, now, files)
