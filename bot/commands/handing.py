"""`triage outbox`, `triage routes`: where cases go, and what has not arrived there."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.shared import Var, plainly

app = typer.Typer()
outbox = typer.Typer(help="Show what has not arrived yet, or never will: where, why, since when; and send it again.")
app.add_typer(outbox, name="outbox")


@outbox.callback(invoke_without_command=True)
@plainly
def show(
    context: typer.Context,
    limit: Annotated[int, typer.Option(help="How many to list.", min=1, max=10_000)] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    var: Var = None,
) -> None:
    """Show what has not arrived yet, or never will: where, why, since when; and send it again."""
    if context.invoked_subcommand:
        return
    from bot.settings import read_settings
    from bot.undelivered import print_outbox

    print_outbox(read_settings(var=var), limit, as_json=as_json)


@outbox.command()
@plainly
def replay(
    id_: Annotated[
        int | None, typer.Argument(metavar="[ID]", help="A line of `triage outbox`.", show_default=False)
    ] = None,
    desk: Annotated[
        str | None, typer.Option(help="All that has not arrived at this desk, dead or not.", show_default=False)
    ] = None,
    var: Var = None,
) -> None:
    """Try again at once: one line, or all of a desk, which may then be called again."""
    from bot.settings import read_settings
    from bot.undelivered import replay as run

    run(read_settings(var=var), id_, desk)


@app.command()
@plainly
def routes(var: Var = None) -> None:
    """Show the desks, and which cases go to which, in the order in which routes are tried."""
    from bot.routing import print_routes
    from bot.settings import read_settings

    print_routes(read_settings(var=var))
