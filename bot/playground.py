"""The Microsoft 365 Agents Playground on the bot, where Node is installed: Teams without a registration, in a browser."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import typer

PACKAGE = "@microsoft/m365agentsplayground@0.2.28"
URL = "http://localhost:56150"


@contextmanager
def open_playground(endpoint: str) -> Iterator[None]:
    """Run the Playground as long as the block lasts; where Node is missing, say so and name the terminal chat."""
    npx = shutil.which("npx")
    if npx is None:
        typer.echo(
            "Node.js is not installed, so the Agents Playground cannot open. Talk to the bot in a terminal instead: .venv/bin/triage chat"
        )
        yield
        return
    typer.echo(f"The Agents Playground opens on {URL} (the first time npm fetches it)")
    command = [npx, "--yes", PACKAGE, "-e", endpoint, "-c", "msteams", "--disable-telemetry"]
    process = subprocess.Popen(  # noqa: S603 - a fixed command, no shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
