"""`triage teams package`, `teams check`: the app that a Teams administrator uploads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.shared import plainly

app = typer.Typer()
teams = typer.Typer(help="The app package for Microsoft Teams.", no_args_is_help=True)
app.add_typer(teams, name="teams")


@teams.command()
@plainly
def package(
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("triage-teams.zip"),
    app_id: Annotated[
        str | None, typer.Option(help="Microsoft app id of the bot (default: TRIAGE_APP_ID).", show_default=False)
    ] = None,
    public_url: Annotated[
        str | None, typer.Option(help="Where Teams reaches the bot (default: TRIAGE_PUBLIC_URL).", show_default=False)
    ] = None,
) -> None:
    """Write the app package: manifest, icons, English and French."""
    from bot.packaging import package as write
    from bot.settings import read_settings

    write(read_settings(app_id=app_id, public_url=public_url), out)


@teams.command()
@plainly
def check(file: Annotated[Path, typer.Argument(help="An app package, perhaps edited by hand.")]) -> None:
    """Say what Teams or its store would refuse about a package."""
    from bot.packaging import check_package as judge

    judge(file)
