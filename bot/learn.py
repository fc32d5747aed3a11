"""`triage train`: the trainer with a progress bar, and its figures as a table."""

from __future__ import annotations

import asyncio
import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.errors import CannotStart
from bot.models.keys import signer_of, trust_of
from bot.models.served import folder_of, point, take_in
from bot.settings import Settings
from bot.store import Conflict, open_store
from classifier.errors import ModelRejected
from classifier.manifest import Manifest, Stored, check, stored, verified
from classifier.signing import Signer, Trust
from handoff.rules import load_rules


def run(settings: Settings, *, if_needed: bool, now: datetime, by: str) -> None:
    """Train and report; with `if_needed`, only when no model that can serve is there."""
    console = Console()
    if if_needed and _serves(settings):
        console.print(f"A model is there already: {settings.model_folder}")
        return
    manifest = asyncio.run(_train(settings, console, now, by))
    console.print(_table(manifest))
    console.print(f"Model {manifest.version} is in {settings.model_folder}")


async def _train(settings: Settings, console: Console, now: datetime, by: str) -> Manifest:
    """A model from the written examples, which becomes the champion: a running bot follows."""
    settings.var.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.database, settings.plan)
    folder = folder_of(settings, f".{os.getpid()}")
    try:
        await store.start()
        signer, serial = signer_of(settings), await store.models.last_serial() + 1
        manifest = await asyncio.to_thread(_learn, settings, console, folder, now, signer, serial)
        await take_in(store, *_checked(folder, signer), by, now)
        kept = folder_of(settings, manifest.version)
        shutil.rmtree(kept, ignore_errors=True)
        folder.rename(kept)
        point(settings, kept)
        return manifest
    except Conflict:
        raise CannotStart("another model was put into the registry meanwhile; train again") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        await store.close()


def _checked(folder: Path, signer: Signer) -> tuple[Stored, Manifest]:
    files = stored(folder)
    return files, check(files, Trust((signer.public,)))[1]


def _learn(settings: Settings, console: Console, folder: Path, now: datetime, signer: Signer, serial: int) -> Manifest:
    from classifier.train import STAGES, train  # noqa: PLC0415 - scikit-learn takes a second to import

    categories = list(load_rules(settings.data / "rules").categories)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("reading examples", total=STAGES)

        def progress(stage: str) -> None:
            bar.update(task, advance=1, description=f"learned: {stage}")

        return train(settings.data, folder, categories, now, progress, serial=serial, signer=signer)


def _serves(settings: Settings) -> bool:
    try:
        verified(settings.model_folder, trust_of(settings))
    except ModelRejected:
        return False
    return True


def _table(manifest: Manifest) -> Table:
    """The figures on messages that were not learned from."""
    report = manifest.report
    rows = {
        "category right": report["category"]["all"],
        "  in English": report["category"]["en"],
        "  in French": report["category"]["fr"],
        "category among the first three": report["category"]["among_first_3"],
        "always the commonest category (baseline)": report["category"]["always_the_commonest"],
        "proposed outright": report["acted_on"],
        "  right when proposed outright": report["right_when_acted_on"],
        "asked, where nothing was said yet": report["vague_asked"],
        "severity right": report["severity"]["all"],
        "  severity A found": report["severity"]["a_found"],
        "always severity B (baseline)": report["severity"]["always_b"],
    }
    table = Table(
        title=f"{report['messages']} held-out messages by another writer ({manifest.examples['total']} learned from)"
    )
    for title in ("figure", "share", "95 % interval", "of"):
        table.add_column(title, justify="left" if title == "figure" else "right")
    for name, figure in rows.items():
        table.add_row(name, *_cells(figure))
    return table


def _cells(figure: dict[str, Any]) -> tuple[str, str, str]:
    if figure["share"] is None:
        return "–", "–", "0"
    return f"{figure['share']:.1%}", f"{figure['low']:.1%} – {figure['high']:.1%}", str(figure["of"])
