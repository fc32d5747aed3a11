"""`triage examples`: what the classifier learns from, brought in and taken out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.shared import Var, operator, plainly

app = typer.Typer()
examples = typer.Typer(help="Examples for the classifier: bring in, take out.", no_args_is_help=True)
app.add_typer(examples, name="examples")


@examples.command("import")
@plainly
def import_(
    file: Annotated[Path, typer.Argument(help="A .csv or .jsonl file with text, lang, category, severity.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    var: Var = None,
) -> None:
    """Take in examples: duplicates, conflicts and unknown labels are left out, personal data is taken out, all by line number."""
    from bot.models.exchange import bring_in
    from bot.settings import read_settings

    bring_in(read_settings(var=var), file, operator(), datetime.now(UTC), dry_run=dry_run)


@examples.command()
@plainly
def export(
    out: Annotated[Path | None, typer.Argument(help="Where to write; left out: to standard output.")] = None,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="CSV for a spreadsheet, without formulas, instead of JSONL.")
    ] = False,
    var: Var = None,
) -> None:
    """Write every accepted example as JSONL or CSV."""
    from bot.models.exchange import take_out
    from bot.settings import read_settings

    take_out(read_settings(var=var), out, as_csv=as_csv)
