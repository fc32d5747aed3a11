"""`triage train`, `evaluate`, `classify`: the classifier."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.shared import Var, operator, plainly

app = typer.Typer()


@app.command()
@plainly
def train(
    var: Var = None,
    if_needed: Annotated[
        bool, typer.Option("--if-needed", help="Do nothing when a model that can serve is there already.")
    ] = False,
) -> None:
    """Learn from data/examples, measure on data/examples/heldout, and store the model that serves."""
    from bot.learn import run
    from bot.settings import read_settings

    run(read_settings(var=var), if_needed=if_needed, now=datetime.now(UTC), by=operator())


@app.command()
@plainly
def evaluate(
    as_json: Annotated[bool, typer.Option("--json", help="All figures as one JSON object.")] = False,
    html: Annotated[
        Path | None, typer.Option(help="Write one page with the figures and plots here.", show_default=False)
    ] = None,
    var: Var = None,
) -> None:
    """Measure the model on data/examples/heldout, beside trivial models that learned from the same examples."""
    from bot.evaluate import run
    from bot.settings import read_settings

    run(read_settings(var=var), as_json=as_json, html=html)


@app.command()
@plainly
def classify(
    text: Annotated[
        str | None,
        typer.Argument(
            help="The message, or a file with one message a line. Left out, or -: one message a line is read from standard input."
        ),
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="One JSON object a line, for programs; a line may be a JSON string, or an object with a text.",
        ),
    ] = False,
    jobs: Annotated[int, typer.Option(help="Processes that read side by side; the order stays.", min=1, max=64)] = 1,
    var: Var = None,
) -> None:
    """Say what a message is about, how serious it is, how sure that is, and which words moved it."""
    from bot.classify import run
    from bot.settings import read_settings

    run(read_settings(var=var), text, as_json=as_json, jobs=jobs)
