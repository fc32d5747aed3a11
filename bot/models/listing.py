"""The registry of models in a terminal: lists, cards, comparisons."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.errors import CannotStart
from bot.models.card import card_as_json, card_as_markdown
from bot.models.console import asked, print_findings, voice
from bot.models.keys import known_signer
from bot.models.service import Models
from bot.settings import Settings
from bot.store.registry_values import Version
from classifier.signing import key_words, short


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
    found, say = asked(settings, lambda models: models.card(version)), voice(settings)
    if found is None:
        raise CannotStart(say("models-refused-unknown", version=version))
    as_text = json.dumps(card_as_json(found, say), ensure_ascii=False, indent=2) if as_json else ""
    typer.echo(as_text or card_as_markdown(found, say))


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
