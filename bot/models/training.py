"""Starting a training: a process of its own, at low priority, which outlives whoever asked for it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading

from bot.settings import PREFIX, Settings

LOG = "training.log"
OWN = ("var", "data", "database_url", "plan")  # what a command may have been given that the environment does not say


async def start(settings: Settings, run: str) -> None:
    """Start the process that does this run. What it has to say beside its row goes to var/training.log."""
    await asyncio.to_thread(_start, settings, run)


def _start(settings: Settings, run: str) -> None:
    settings.var.mkdir(parents=True, exist_ok=True)
    with (settings.var / LOG).open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "bot.models.trainer", run],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment(settings),
            start_new_session=True,
        )
    threading.Thread(target=process.wait, daemon=True, name=f"training {run}").start()  # else it stays as a zombie


def environment(settings: Settings) -> dict[str, str]:
    """The environment under which another process reads the same settings."""
    given = {name: str(getattr(settings, name)) for name in OWN}
    given |= {"signing_key": settings.signing_key.get_secret_value()}
    return {**os.environ, **{PREFIX + name.upper(): value for name, value in given.items()}}
