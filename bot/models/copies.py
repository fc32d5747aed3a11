"""A replica's own copies of models: those whose file the registry has deleted are deleted here too."""

from __future__ import annotations

import asyncio
import shutil

from bot.models.served import folder_of
from bot.settings import Settings
from bot.store import SqlStore

MANY = 10_000


async def forget_copies(settings: Settings, store: SqlStore) -> list[str]:
    """Delete the copies that nobody may go back to, but never what serves; the versions of those. Raises `Unavailable`."""
    known = await store.models.versions(MANY)
    gone = [one.version for one in known if not one.kept]
    return await asyncio.to_thread(_delete, settings, gone)


def _delete(settings: Settings, versions: list[str]) -> list[str]:
    copies = [folder_of(settings, version) for version in versions]
    there = [copy for copy in copies if copy.is_dir() and copy.resolve() != settings.model_folder.resolve()]
    for copy in there:
        shutil.rmtree(copy, ignore_errors=True)
    return [copy.name for copy in there]
