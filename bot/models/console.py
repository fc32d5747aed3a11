"""`triage retrain` and `triage models`: the registry in a terminal."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from bot.errors import CannotStart
from bot.models.keys import known_signer
from bot.models.sentences import sentence
from bot.models.served import bring
from bot.models.service import Models, Refused
from bot.settings import Settings
from bot.store import open_store
from bot.store.registry_values import Run, RunState, Version
from classifier.signing import key_words, short
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


def print_versions(settings: Settings, *, as_json: bool) -> None:
    """The registry as a table."""
    found: list[Version] = asked(settings, lambda models: models.versions())
    if as_json:
        for one in found:
            typer.echo(json.dumps(asdict(one), ensure_ascii=False, default=str))
        return
    table = Table("no.", "model", "status", "trained", "by", "examples", "category right", "A found")
    for one in found:
        right, grave = one.metrics["category"]["all"]["share"], one.metrics["severity"]["a_found"]["share"]
        table.add_row(
            str(one.serial),
            one.version,
            one.status.value + ("" if one.kept else " (no file)"),
            one.created_at.strftime("%Y-%m-%d %H:%M"),
            Text(one.created_by),
            str(one.examples.get("total", "")),
            _percent(right),
            _percent(grave),
        )
    Console().print(table)


def print_runs(settings: Settings) -> None:
    """The trainings asked for last."""
    table = Table("run", "asked", "by", "state", "stage", "model", "reason")
    for run in asked(settings, lambda models: models.runs()):
        reason = run.reason or ", ".join(one["check"] for one in run.findings)
        stage = f"{run.stage} ({run.done}/{run.total})" if run.total else ""
        when = run.asked_at.strftime("%Y-%m-%d %H:%M")
        table.add_row(run.id, when, Text(run.asked_by), run.state.value, stage, run.version or "", Text(reason))
    Console().print(table)


def print_events(settings: Settings, version: str | None) -> None:
    """What was done to models."""
    table = Table("when", "who", "what", "model", "facts")
    for one in asked(settings, lambda models: models.events(version=version)):
        facts = ", ".join(f"{name} {value}" for name, value in one.facts.items())
        table.add_row(one.at.strftime("%Y-%m-%d %H:%M:%S"), Text(one.actor), one.verb, one.version, Text(facts))
    Console().print(table)


def print_card(settings: Settings, version: str, *, as_json: bool) -> None:
    """A model's card."""
    found = asked(settings, lambda models: models.card(version) if as_json else models.card_as_markdown(version))
    if found is None:
        raise CannotStart(voice(settings)("models-refused-unknown", version=version))
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else found)


def print_comparison(settings: Settings, version: str, *, as_json: bool, html: Path | None) -> None:
    """A challenger beside the champion of its day."""

    async def ask(models: Models) -> Any:
        return await models.comparison(version), await models.report(version)

    compared, page = asked(settings, ask)
    if compared is None:
        raise CannotStart(f"model {version} was never compared: it was not trained by `triage retrain`")
    if html is not None:
        html.write_text(page or "", encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(compared, ensure_ascii=False, indent=2))
        return
    console = Console()
    console.print(_figures(compared))
    print_findings(console, [one for one in compared["findings"] if not one["passed"]], voice(settings))
    if html is not None:
        console.print(f"The report with its plots is {html}", highlight=False)


def _figures(compared: Mapping[str, Any]) -> Table:
    table = Table("figure", "champion", "challenger", "p", title=f"On {compared['messages']} held-out messages")
    for name, figures in compared["figures"].items():
        sides = [figures.get(who) or {} for who in ("champion", "challenger")]
        values = [_percent(one.get("share", one.get("value"))) for one in sides]
        p = compared["paired"].get(name, {}).get("p")
        table.add_row(name.replace("_", " "), *values, "–" if p is None else f"{p:.2g}")
    return table


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


def print_agreement(settings: Settings, version: str) -> None:
    """How far a shadow agreed with each champion."""
    table = Table("champion", "messages", "same category", "same severity", "same decision", "most often different")
    for one in asked(settings, lambda models: models.agreement(version)):
        shares = [_percent(part / one.messages) for part in (one.same_category, one.same_severity, one.same_decision)]
        pairs = "; ".join(f"{a} → {b} ({many})" for a, b, many in one.differences[:3])
        table.add_row(one.champion, str(one.messages), *shares, pairs)
    Console().print(table)


def print_key(settings: Settings) -> None:
    """The public key that other machines have to trust."""
    signer = known_signer(settings)
    if signer is None:
        raise CannotStart("there is no key yet: the first `triage train` makes one")
    typer.echo(key_words(signer.public))
    typer.echo(f"named {short(signer.public)} in messages; other machines trust it by TRIAGE_TRUSTED_KEYS", err=True)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"
