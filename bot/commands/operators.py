"""`triage operator`: the way into the operators' pages on this machine."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.commands.shared import Var, plainly

app = typer.Typer()


@app.command()
@plainly
def operator(
    port: Annotated[
        int | None, typer.Option(help="Port that the bot listens on (default: TRIAGE_PORT).", show_default=False)
    ] = None,
    var: Var = None,
) -> None:
    """Print a link to the operators' pages of the bot on this machine: it opens once, within 15 minutes."""
    from bot.back_office import is_local, one_time_link
    from bot.errors import CannotStart
    from bot.settings import read_settings

    settings = read_settings(var=var, port=port)
    if not is_local(settings):
        raise CannotStart("a link opens nothing here: the bot does not listen on loopback; sign in through Entra ID")
    typer.echo(one_time_link(settings, settings.port, datetime.now(UTC)))
