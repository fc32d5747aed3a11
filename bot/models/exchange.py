"""`triage examples`: bring examples in, and take them out."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.models.intake import Intake, Known, read_file, take
from bot.models.lessons import as_example
from bot.settings import Settings
from bot.store import SqlStore, open_store
from bot.store.examples import Accepted
from classifier.corpus import Example, read_rows
from classifier.scrub import scrub
from dialogs.words import LANGUAGES
from handoff.rules import load_rules

HELD_OUT = "heldout"  # the folder of examples that no model learns from
FIELDS = ("text", "lang", "category", "severity", "source", "who", "when", "origin")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
SHOWN = 200


def bring_in(settings: Settings, path: Path, by: str, now: datetime, *, dry_run: bool) -> Intake:
    """Look at a file, say what there is to say of each line, and take in what may be taken in unless it is a dry run."""
    rows = read_file(path)
    intake = asyncio.run(_bring_in(settings, rows, path.name, by, now, dry_run=dry_run))
    _told(intake, dry_run=dry_run)
    return intake


async def _bring_in(
    settings: Settings, rows: Sequence[tuple[int, object]], origin: str, by: str, now: datetime, *, dry_run: bool
) -> Intake:
    settings.var.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.database, settings.plan)
    try:
        await store.start()
        intake = take(rows, await _known(settings, store))
        if not dry_run:
            await store.examples.add([_accepted(one, origin, by, now) for one in intake.examples])
        return intake
    finally:
        await store.close()


async def _known(settings: Settings, store: SqlStore) -> Known:
    categories = list(load_rules(settings.data / "rules").categories)
    written = read_rows(settings.data / "examples", categories)
    accepted = [as_example(one) for one in await store.examples.accepted()]
    tests = read_rows(settings.data / "examples" / HELD_OUT, categories)
    return Known(categories, LANGUAGES, [*written, *accepted], scrub, tests)


def _accepted(one: Example, origin: str, by: str, now: datetime) -> Accepted:
    where = f"{origin}:{one.where.removeprefix('line ')}"
    return Accepted(0, now, one.text, one.lang, one.category, one.severity, "import", by, origin=where[-255:])


def _told(intake: Intake, *, dry_run: bool) -> None:
    console = Console()
    table = Table("line", "what", "", box=None)
    for one in intake.notes[:SHOWN]:
        table.add_row(str(one.line), Text(one.kind, style="red" if one.refuses else "yellow"), Text(one.facts))
    if intake.notes:
        console.print(table)
    if len(intake.notes) > SHOWN:
        console.print(f"and {len(intake.notes) - SHOWN} more")
    counts = ", ".join(f"{many} {kind}" for kind, many in Counter(one.kind for one in intake.notes).most_common())
    would = "could be taken in (dry run: nothing was)" if dry_run else "taken in; `triage retrain` learns from them"
    console.print(f"{len(intake.examples)} of {intake.lines} lines {would}. {counts}", highlight=False)


def take_out(settings: Settings, out: Path | None, *, as_csv: bool) -> int:
    """Write every accepted example as JSONL or CSV; how many there are."""
    accepted = asyncio.run(_accepted_ones(settings))
    rows = [_row(one) for one in accepted]
    content = csv_of(rows) if as_csv else "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if out is None:
        typer.echo(content, nl=False)
    else:
        out.write_text(content, encoding="utf-8", newline="")
    return len(rows)


async def _accepted_ones(settings: Settings) -> list[Accepted]:
    store = open_store(settings.database, settings.plan)
    try:
        await store.start()
        return await store.examples.accepted()
    finally:
        await store.close()


def _row(one: Accepted) -> dict[str, str | None]:
    facts = asdict(one)
    return {
        "text": one.text,
        "lang": one.language,
        "category": one.category,
        "severity": one.severity,
        "source": one.source,
        "who": one.accepted_by,
        "when": facts["at"].isoformat(timespec="seconds"),
        "origin": one.origin,
    }


def csv_of(rows: Sequence[dict[str, str | None]]) -> str:
    """The rows as CSV in which no cell is a formula: a spreadsheet shows them, and runs nothing."""
    file = io.StringIO()
    writer = csv.DictWriter(file, FIELDS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(dict(_harmless(row)) for row in rows)
    return file.getvalue()


def _harmless(row: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        words = value or ""
        yield name, f"'{words}" if words.lstrip().startswith(FORMULA) or words.startswith(FORMULA) else words
