"""`triage retrain` and `triage models`: the registry in a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from bot.errors import CannotStart
from bot.models.sentences import sentence
from bot.models.served import bring
from bot.models.service import Models, Refused
from bot.settings import Settings
from bot.store import open_store
from bot.store.registry_values import Run, RunState, Version
from dialogs.words import Say, load_words

FOLLOW_SECONDS = 0.5
Ask = Callable[[Models], Awaitable[Any]]


def utc_now() -> datetime:
    """The clock of commands."""
    return datetime.now(UTC)


@asynccontextmanager
async def models_of(settings: Settings) -> AsyncIterator[Models]:
    """The registry, for one command."""
    settings.var.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.database, settings.plan)
    try:
        await store.start()
        yield Models(settings, store, utc_now)
    finally:
        await store.close()


def asked(settings: Settings, ask: Ask) -> Any:
    """The answer to one question to the registry; a refusal is raised as `CannotStart`, in words."""

    async def run() -> Any:
        async with models_of(settings) as models:
            return await ask(models)

    answer = asyncio.run(run())
    if isinstance(answer, Refused):
        facts = {name: str(value) for name, value in answer.facts.items()}
        raise CannotStart(voice(settings)(f"models-refused-{answer.reason}", **facts))
    return answer


def voice(settings: Settings) -> Say:
    """Commands speak English."""
    return load_words(settings.data / "words").voice("en")


def retrain(settings: Settings, by: str, *, wait: bool) -> bool:
    """Start a training and follow it to its end; True when there is a challenger, or nobody waits."""
    return asyncio.run(_retrain(settings, by, wait=wait))


async def _retrain(settings: Settings, by: str, *, wait: bool) -> bool:
    console = Console()
    async with models_of(settings) as models:
        run = await models.retrain(by)
        if not wait:
            console.print(f"Training {run.id} has begun; `triage models runs` says how far it is")
            return True
        run = await _followed(models, run, console)
    return _told(run, console, voice(settings))


async def _followed(models: Models, run: Run, console: Console) -> Run:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("waiting for its turn", total=None)
        while not run.over:
            await asyncio.sleep(FOLLOW_SECONDS)
            run = await models.run(run.id) or run
            if run.state is RunState.RUNNING and run.total:
                bar.update(task, completed=run.done, total=run.total, description=run.stage or "reading examples")
    return run


def _told(run: Run, console: Console, say: Say) -> bool:
    if run.state is RunState.FINISHED:
        console.print(f"Challenger {run.version} passed the gate.", highlight=False)
        console.print(
            f"  triage models compare {run.version} --html report.html   # beside the champion", highlight=False
        )
        console.print(f"  triage models promote {run.version}                      # let it serve", highlight=False)
        return True
    if run.state is RunState.REFUSED:
        what = f"Model {run.version}" if run.version else "The examples"
        console.print(f"{what} did not pass the gate; the champion stays:", style="red", highlight=False)
        print_findings(console, run.findings, say)
        return False
    console.print(f"The training failed; the champion stays: {run.reason}", style="red", highlight=False, markup=False)
    return False


def print_findings(console: Console, findings: Sequence[Mapping[str, Any]], say: Say, rows: int = 5) -> None:
    """What was not passed, each with a few messages to look at."""
    for one in findings:
        console.print(Text(f"✗ {sentence(one, say)}"))
        for row in one["rows"][:rows]:
            console.print(Text(f"    {row['where']}  {row['text'][:80]}  [{row['note']}]"), style="dim")


def promote(settings: Settings, version: str, by: str) -> None:
    """Let a challenger serve."""
    _say_serves(settings, asked(settings, lambda models: models.promote(version, by)))


def roll_back(settings: Settings, version: str | None, by: str) -> None:
    """Let the model of before serve again."""
    _say_serves(settings, asked(settings, lambda models: models.roll_back(by, version)))


def _say_serves(settings: Settings, now: Version) -> None:
    """The model under var/model is this machine's copy of the champion; running bots follow by themselves."""
    asyncio.run(bring(settings, utc_now()))
    typer.echo(f"Model {now.version} serves; running bots follow within seconds")


def shadow(settings: Settings, version: str | None, by: str) -> None:
    """Let a challenger read along, or end that; without either, say how far the shadow agrees."""
    now: Version = asked(settings, lambda models: models.shadow(version, by))
    words = "reads along without speaking" if version else "reads along no more"
    typer.echo(f"Model {now.version} {words}")
