"""The page of all commands, written by the program itself: `python -m bot.manual` prints docs/commands.md anew."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import typer
from typer.main import get_command
from typer.testing import CliRunner

from bot.cli import app

HEAD = """# Commands

`make` lists what one does with a checkout; `triage` (in `.venv/bin/`) is the program itself. What each prints with `--help`:
"""
WIDTH = "100"


def page() -> str:
    """The page, every command in the order in which the program lists them."""
    texts = [
        f"## {' '.join(('triage', *path))}\n\n```text\n{_help(path)}\n```\n" for path in ((), *_paths(get_command(app)))
    ]
    return "\n".join([HEAD, *texts])


def _paths(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, inner in getattr(command, "commands", {}).items():
        yield (*path, name)
        yield from _paths(inner, (*path, name))


def _help(path: tuple[str, ...]) -> str:
    result = CliRunner().invoke(app, [*path, "--help"], prog_name="triage")
    lines = [line.rstrip() for line in result.output.strip("\n").split("\n")]
    return "\n".join(line[1:] if line.startswith(" Usage:") else line for line in lines).strip("\n")


if __name__ == "__main__":
    os.environ |= {"COLUMNS": WIDTH, "TERMINAL_WIDTH": WIDTH, "NO_COLOR": "1"}
    typer.echo(page(), nl=False)
