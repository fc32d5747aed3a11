"""The model that serves on this machine: `var/model` leads to it, and the registry says which one it has to be.

Files from the registry are verified before they are written, and again by whoever opens them.
"""

from __future__ import annotations

import asyncio
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.models.enrol import row_of
from bot.models.keys import trust_of
from bot.settings import Settings
from bot.store import Conflict, SqlStore, open_store
from bot.store.models import event
from bot.store.registry_values import Files, Serving, Status, Version
from classifier.errors import ModelRejected
from classifier.manifest import MANIFEST, MODEL, SIGNATURE, Manifest, Stored, check, replace, stored, verified

SETUP = "setup"  # who took in the model that was there before there was a registry


def folder_of(settings: Settings, version: str) -> Path:
    """Where this machine keeps a model."""
    return settings.var / "models" / version


def point(settings: Settings, folder: Path) -> None:
    """Let `var/model` lead to this model, in one step. What was there before as a folder of its own is kept among the others."""
    link = settings.model_folder
    if link.is_dir() and not link.is_symlink():
        _put_by(settings, link)
    beside = link.with_name(f"{link.name}.new")
    beside.unlink(missing_ok=True)
    beside.symlink_to(folder.resolve(), target_is_directory=True)
    beside.replace(link)


def _put_by(settings: Settings, folder: Path) -> None:
    """A model in a folder of its own goes among the others; what is no model goes away."""
    try:
        kept = folder_of(settings, verified(folder)[1].version)
    except ModelRejected:
        shutil.rmtree(folder)
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(kept, ignore_errors=True)
    folder.rename(kept)


def write(settings: Settings, row: Version, files: Files) -> Path:
    """Verify a model from the registry, and write it to this machine. Raises `ModelRejected`; then nothing was written."""
    content = Stored(files.manifest, files.signature, files.content, f"model {row.version}")
    confirm(check(content, trust_of(settings))[1], row)
    folder = folder_of(settings, row.version)
    folder.mkdir(parents=True, exist_ok=True)
    for name, part in ((MODEL, files.content), (SIGNATURE, files.signature), (MANIFEST, files.manifest)):
        replace(folder / name, part)
    return folder


def confirm(manifest: Manifest, row: Version) -> None:
    """Nothing, where a signed manifest is that of the model that was asked for. Raises `ModelRejected`: an older one is not it."""
    if (manifest.version, manifest.serial) != (row.version, row.serial):
        raise ModelRejected(
            f"model {row.version}: its files are those of model {manifest.version} (number {manifest.serial}, not {row.serial}); "
            "they were not opened"
        )


async def fetch(settings: Settings, store: SqlStore, version: str) -> Path:
    """The folder with a model of the registry, which is written if it is not there as it should be. Raises `ModelRejected`."""
    row = await store.models.version(version)
    if row is None:
        raise ModelRejected(f"model {version}: the registry has no such model")
    folder = folder_of(settings, version)
    if await asyncio.to_thread(_is_there, settings, row, folder):
        return folder
    files = await store.models.files(version)
    if files is None:
        raise ModelRejected(f"model {version}: its file was deleted")
    return await asyncio.to_thread(write, settings, row, files)


def _is_there(settings: Settings, row: Version, folder: Path) -> bool:
    try:
        confirm(verified(folder, trust_of(settings))[1], row)
    except ModelRejected:
        return False
    return True


async def tidy(settings: Settings, store: SqlStore) -> None:
    """Delete from this machine the models whose file the registry has deleted: what is forgotten there is forgotten here."""
    folder = settings.var / "models"
    here = {path.name: path for path in folder.iterdir() if path.is_dir()} if folder.is_dir() else {}
    served = settings.model_folder.resolve().name
    gone = set(here) - await store.models.kept(list(here)) - {served}
    for version in gone:
        if not version.startswith("."):  # one that is being trained
            await asyncio.to_thread(shutil.rmtree, here[version], ignore_errors=True)


async def adopt(settings: Settings, store: SqlStore, now: datetime) -> Serving:
    """Which models are to serve. A registry without a champion takes in the model under `var/model`, if it can be trusted."""
    serving = await store.models.serving()
    if serving.champion is not None:
        return serving
    try:
        files = await asyncio.to_thread(stored, settings.model_folder)
        _, manifest = check(files, trust_of(settings))
    except ModelRejected:
        return serving
    with suppress(Conflict):  # another replica was faster
        await take_in(store, files, manifest, SETUP, now)
    return await store.models.serving()


async def take_in(store: SqlStore, files: Stored, manifest: Manifest, by: str, now: datetime) -> None:
    """Make a model that was verified the champion of the registry. Raises `Conflict` where its serial is another model's."""
    async with store.models.changing() as changes:
        serving = await changes.serving()
        if serving.champion == manifest.version:
            return
        if serving.champion and by == SETUP:
            return
        if await changes.find(manifest.version) is None:
            await changes.add(row_of(files, manifest, by, now, Status.CHALLENGER), files.content, ())
        if serving.champion:
            await changes.place(serving.champion, Status.RETIRED)
            await changes.note(event(now, by, "retired", serving.champion, successor=manifest.version))
        await changes.place(manifest.version, Status.CHAMPION)
        await changes.note(event(now, by, "adopted", manifest.version, serial=manifest.serial))


async def bring(settings: Settings, now: datetime) -> None:
    """Before a bot starts: let `var/model` lead to the champion of the registry. Raises `ModelRejected` and `Unavailable`."""
    settings.var.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.database, settings.plan)
    try:
        await store.start()
        serving = await adopt(settings, store, now)
        if serving.champion is not None:
            await asyncio.to_thread(point, settings, await fetch(settings, store, serving.champion))
    finally:
        await store.close()
