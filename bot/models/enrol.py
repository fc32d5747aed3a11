"""Putting a trained model into the registry: its serial, its signature, its file, what it learned from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.store import SqlStore
from bot.store.models import ModelChanges, event
from bot.store.registry_values import Status
from classifier.files import pack_model
from classifier.manifest import Manifest, Stored
from classifier.model import Model
from classifier.signing import Signer

FILES = 10  # of models that do not serve, kept to go back to or to promote; 8 MB each


@dataclass(frozen=True)
class Trained:
    """A model on its way into the registry. `taught` are the accepted examples that it learned from."""

    model: Model
    summary: Mapping[str, Any]
    report: Mapping[str, Any]
    by: str
    now: datetime
    run: str | None = None
    comparison: Mapping[str, Any] | None = None
    page: str | None = None
    taught: Sequence[int] = ()


async def enrol(store: SqlStore, signer: Signer, trained: Trained, status: Status) -> str:
    """Sign it with the next serial and keep it; its version. The file of a refused one is not kept.

    A model that is there already, bit for bit, is not added twice.
    """
    async with store.models.changing() as changes:
        files, manifest = pack_model(
            trained.model,
            signer,
            examples=trained.summary,
            report=trained.report,
            trained_at=trained.now.isoformat(timespec="seconds"),
            serial=await changes.last_serial() + 1,
        )
        if await changes.find(manifest.version) is None:
            await _add(changes, files, manifest, trained, status)
    return manifest.version


async def _add(changes: ModelChanges, files: Stored, manifest: Manifest, trained: Trained, status: Status) -> None:
    row = {
        **row_of(files, manifest, trained.by, trained.now, status),
        "run": trained.run,
        "comparison": trained.comparison,
        "report": trained.page,
    }
    content = None if status is Status.REFUSED else files.content
    await changes.add(row, content, trained.taught)
    await changes.prune(FILES)
    verb = "refused" if status is Status.REFUSED else "trained"
    await changes.note(event(trained.now, trained.by, verb, manifest.version, serial=manifest.serial))


def row_of(files: Stored, manifest: Manifest, by: str, now: datetime, status: Status) -> dict[str, Any]:
    """The registry's row of a model."""
    return {
        "serial": manifest.serial,
        "version": manifest.version,
        "sha256": manifest.sha256,
        "status": status.value,
        "manifest": files.manifest,
        "signature": files.signature,
        "created_at": now,
        "created_by": by,
        "run": None,
        "comparison": None,
        "report": None,
    }
