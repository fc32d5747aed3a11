"""What every command shares: where it writes, and how it fails."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.errors import CannotStart

Var = Annotated[
    Path | None, typer.Option(help="Folder for all that is written (default: TRIAGE_VAR, or var/).", show_default=False)
]


def plainly(command: Callable[..., None]) -> Callable[..., None]:
    """Turn what a person can mend into one sentence on standard error and exit status 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        from bot.settings import BadSettings
        from bot.store import Unavailable
        from bot.store.engines import BadDatabase
        from bot.teams.package import BadPackage
        from classifier.errors import ClassifierError
        from dialogs.rows import BadPhrases
        from dialogs.words import UnknownWords
        from handoff.errors import HandoffError

        try:
            command(*args, **kwargs)
        except (
            BadDatabase,
            BadPackage,
            BadPhrases,
            BadSettings,
            CannotStart,
            ClassifierError,
            HandoffError,
            UnknownWords,
            Unavailable,
        ) as refusal:
            typer.secho(f"triage: {refusal}", fg="red", err=True)
            raise typer.Exit(1) from None

    return run


def operator() -> str:
    """Who types the command, for the record."""
    try:
        return f"{getpass.getuser()} (command line)"
    except OSError:  # a container's user may have no name
        return "command line"
