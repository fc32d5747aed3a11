"""`triage privacy export|erase`: what is kept of one person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.shared import Var, plainly

app = typer.Typer()
privacy = typer.Typer(no_args_is_help=True, help="Hand out or forget what is kept of one person.")
app.add_typer(privacy, name="privacy")

Person = Annotated[str, typer.Argument(help="Object id in the directory, or a name that only one person has.")]


@privacy.command()
@plainly
def export(
    person: Person,
    to: Annotated[
        Path, typer.Option(help="Folder to be made for the files: one JSON, and a CSV for each table.")
    ] = Path("export"),
    var: Var = None,
) -> None:
    """Write every row that is a person's, names them or tells of their cases."""
    from bot.privacy import export as run
    from bot.settings import read_settings

    run(read_settings(var=var), person, to)


@privacy.command()
@plainly
def erase(
    person: Person,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    var: Var = None,
) -> None:
    """Forget a person in every table and in what is learned from; name the models that had learned from them."""
    from bot.privacy import erase as run
    from bot.settings import read_settings

    run(read_settings(var=var), person, sure=yes)
