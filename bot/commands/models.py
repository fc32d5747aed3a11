"""`triage retrain`, `models`: from accepted corrections to a better model, compared, promoted, rolled back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.shared import Var, operator, plainly

app = typer.Typer()
models = typer.Typer(help="The registry of models: list, compare, promote, roll back.", no_args_is_help=True)
app.add_typer(models, name="models")

Model = Annotated[str, typer.Argument(help="A model's version, as `triage models list` shows it.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for programs.")]


@app.command()
@plainly
def retrain(
    no_wait: Annotated[bool, typer.Option("--no-wait", help="Start it, and do not wait for its end.")] = False,
    var: Var = None,
) -> None:
    """Learn from data/examples and accepted corrections, beside the running bot, and hold the result against the champion."""
    from bot.models.console import retrain as run
    from bot.settings import read_settings

    if not run(read_settings(var=var), operator(), wait=not no_wait):
        raise typer.Exit(1)


@models.command("list")
@plainly
def list_(as_json: AsJson = False, var: Var = None) -> None:
    """List the models, newest first."""
    from bot.models.listing import print_versions
    from bot.settings import read_settings

    print_versions(read_settings(var=var), as_json=as_json)


@models.command()
@plainly
def card(model: Model, as_json: AsJson = False, var: Var = None) -> None:
    """Print a model's card: what it learned from, how good it is, where it errs."""
    from bot.models.listing import print_card
    from bot.settings import read_settings

    print_card(read_settings(var=var), model, as_json=as_json)


@models.command()
@plainly
def compare(
    model: Model,
    as_json: AsJson = False,
    html: Annotated[Path | None, typer.Option(help="Write the report with its plots here.", show_default=False)] = None,
    var: Var = None,
) -> None:
    """Show a challenger beside the champion that it was compared with, and what the gate found."""
    from bot.models.listing import print_comparison
    from bot.settings import read_settings

    print_comparison(read_settings(var=var), model, as_json=as_json, html=html)


@models.command()
@plainly
def promote(model: Model, var: Var = None) -> None:
    """Let a challenger that passed the gate judge messages from now on."""
    from bot.models.console import promote as run
    from bot.settings import read_settings

    run(read_settings(var=var), model, operator())


@models.command()
@plainly
def rollback(
    model: Annotated[
        str | None, typer.Argument(help="The model to go back to; left out: the one that served before.")
    ] = None,
    var: Var = None,
) -> None:
    """Go back to a model that served before."""
    from bot.models.console import roll_back
    from bot.settings import read_settings

    roll_back(read_settings(var=var), model, operator())


@models.command()
@plainly
def shadow(
    model: Annotated[str | None, typer.Argument(help="The challenger; left out: none from now on.")] = None,
    var: Var = None,
) -> None:
    """Let a challenger read live messages beside the champion without speaking, or end that."""
    from bot.models.console import shadow as run
    from bot.settings import read_settings

    run(read_settings(var=var), model, operator())


@models.command()
@plainly
def agreement(model: Model, var: Var = None) -> None:
    """Show how far a shadow agreed with the champion on live messages."""
    from bot.models.listing import print_agreement
    from bot.settings import read_settings

    print_agreement(read_settings(var=var), model)


@models.command()
@plainly
def runs(var: Var = None) -> None:
    """List the trainings asked for last, and how each went."""
    from bot.models.listing import print_runs
    from bot.settings import read_settings

    print_runs(read_settings(var=var))


@models.command()
@plainly
def history(
    model: Annotated[str | None, typer.Argument(help="One model's; left out: all.")] = None, var: Var = None
) -> None:
    """Show what was done to models, and by whom."""
    from bot.models.listing import print_events
    from bot.settings import read_settings

    print_events(read_settings(var=var), model)


@models.command()
@plainly
def key(var: Var = None) -> None:
    """Print the public key of this machine's models, for the machines that have to trust it."""
    from bot.models.listing import print_key
    from bot.settings import read_settings

    print_key(read_settings(var=var))
