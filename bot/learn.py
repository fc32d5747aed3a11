"""`triage train`: the trainer with a progress bar, and its figures as a table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.settings import Settings
from classifier.errors import ModelRejected
from classifier.manifest import Manifest, verified
from handoff.rules import load_rules


def run(settings: Settings, *, if_needed: bool, now: datetime) -> None:
    """Train and report; with `if_needed`, only when no model that can serve is there."""
    console = Console()
    if if_needed and _serves(settings):
        console.print(f"A model is there already: {settings.model_folder}")
        return
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

        manifest = train(settings.data, settings.model_folder, categories, now, progress)
    console.print(_table(manifest))
    console.print(f"Model {manifest.version} is in {settings.model_folder}")


def _serves(settings: Settings) -> bool:
    try:
        verified(settings.model_folder)
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
