"""`triage`: the program, put together from its commands."""

from __future__ import annotations

import typer

from bot.commands import examples, model, models, operators, privacy, records, running

app = typer.Typer(
    help="Triage: a support bot for Microsoft 365 organisations. Settings are TRIAGE_* variables or a .env file (see .env.example).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for subject in (running, model, models, examples, records, operators, privacy):
    app.add_typer(subject.app)


if __name__ == "__main__":
    app()
