"""A model card: what a model learned from, how good it is on what it has not seen, where it errs, and what it is not for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.store.registry_values import Version

USE = "Proposes a category and a severity for messages to Microsoft 365 support in English and French; a person can always correct it."
LIMITS = (
    "It says nothing of messages in other languages than those it was measured in.",
    "Severity comes from the words used; what is not said is not known, and where A is in doubt the bot asks.",
    "Its probabilities are those of messages like the ones it learned from.",
)


def card(version: Version, comparison: Mapping[str, Any] | None) -> dict[str, Any]:
    """The card as JSON."""
    compared = comparison or {}
    return {
        "version": version.version,
        "serial": version.serial,
        "status": version.status.value,
        "created_at": version.created_at.isoformat(timespec="seconds"),
        "created_by": version.created_by,
        "use": USE,
        "learned_from": dict(version.examples),
        "thresholds": dict(version.thresholds),
        "measured": dict(version.metrics),
        "compared_with": compared.get("champion"),
        "figures": compared.get("figures", {}),
        "confused": compared.get("confused", []),
        "findings": compared.get("findings", []),
        "limits": list(LIMITS),
    }


def card_as_markdown(facts: Mapping[str, Any]) -> str:
    """The card to be read."""
    learned, measured = facts["learned_from"], facts["measured"]
    lines = [
        f"# Model {facts['version']}",
        "",
        f"Number {facts['serial']}, {facts['status']}, trained {facts['created_at']} by {facts['created_by']}.",
        "",
        facts["use"],
        "",
        f"## Learned from {learned.get('total', 0)} messages",
        "",
        *_table(("by", "name", "messages"), list(_counted(learned))),
        "",
        f"Hash of the training set: `{learned.get('sha256', '')}`.",
        "",
        f"## Measured on {measured.get('messages', 0)} messages of other writers",
        "",
        *_table(("figure", "share", "95 % interval", "of"), list(_shares(measured))),
        "",
        "## Thresholds",
        "",
        *_table(("line", "value"), [(name, f"{value:.3f}") for name, value in facts["thresholds"].items()]),
        "",
        *_confused(facts["confused"]),
        "## Limits",
        "",
        *[f"- {one}" for one in facts["limits"]],
        "",
    ]
    return "\n".join(lines)


def _counted(learned: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (by, str(name), str(many))
        for by in ("language", "category", "severity", "writer")
        for name, many in learned.get(f"by_{by}", {}).items()
    ]


def _shares(measured: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    figures = {
        **{f"category right ({name})": one for name, one in measured.get("category", {}).items()},
        "acted on": measured.get("acted_on"),
        "right when acted on": measured.get("right_when_acted_on"),
        "asked where nothing was said": measured.get("vague_asked"),
        "severity right": measured.get("severity", {}).get("all"),
        "severity A found": measured.get("severity", {}).get("a_found"),
    }
    return [
        (name, f"{one['share']:.1%}", f"{one['low']:.1%} to {one['high']:.1%}", str(one["of"]))
        for name, one in figures.items()
        if one and one.get("share") is not None
    ]


def _confused(pairs: Sequence[Mapping[str, Any]]) -> list[str]:
    if not pairs:
        return []
    rows = [(one["true"], one["said"], str(one["count"])) for one in pairs]
    return ["## Most often taken for another", "", *_table(("true", "said", "messages"), rows), ""]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}", *[f"| {' | '.join(row)} |" for row in rows]]
