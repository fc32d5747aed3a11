"""A model card: what a model learned from, how good it is on what it has not seen, where it errs, and what it is not for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.models.sentences import amount
from bot.store.registry_values import Version
from dialogs.words import Say, UnknownWords

LIMITS = ("language", "severity", "probabilities")
COUNTED = ("language", "category", "severity", "writer")
WHOLE = {"all": "card-right", "among_first_3": "card-among-first", "always_the_commonest": "card-commonest"}
Facts = Mapping[str, Any]
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Piece:
    """A heading with what stands below it: sentences, a table, points. `long`: not everybody wants to see all of it."""

    title: str
    words: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: Rows = ()
    points: tuple[str, ...] = ()
    long: bool = False


def card(version: Version, comparison: Facts | None) -> dict[str, Any]:
    """The card as JSON, in figures."""
    compared = comparison or {}
    return {
        "version": version.version,
        "serial": version.serial,
        "status": version.status.value,
        "created_at": version.created_at.isoformat(timespec="seconds"),
        "created_by": version.created_by,
        "learned_from": dict(version.examples),
        "thresholds": dict(version.thresholds),
        "measured": dict(version.metrics),
        "compared_with": compared.get("champion"),
        "figures": compared.get("figures", {}),
        "confused": compared.get("confused", []),
        "findings": compared.get("findings", []),
    }


def card_as_json(facts: Facts, say: Say) -> dict[str, Any]:
    """The card with what can only be said in words."""
    return {**facts, "use": say("card-use"), "limits": [say(f"card-limit-{one}") for one in LIMITS]}


def card_as_markdown(facts: Facts, say: Say, language: str = "en") -> str:
    """The card to be read as a file."""
    lines = [f"# {say('card-title', version=facts['version'])}", ""]
    for piece in pieces(facts, say, language):
        points = [f"- {one}" for one in piece.points]
        table = _table(piece.heads, piece.rows) if piece.rows else []
        lines += [f"## {piece.title}", ""]
        lines += [line for part in ([*piece.words], table, points) if part for line in (*part, "")]
    return "\n".join(lines)


def pieces(facts: Facts, say: Say, language: str) -> Iterator[Piece]:
    """The card in the words of this language, piece by piece: what matters first."""
    learned, measured = facts["learned_from"], facts["measured"]
    status = say(f"model-{facts['status']}")
    when = facts["created_at"][:16].replace("T", " ")
    made = say("card-made", serial=facts["serial"], status=status, when=when, who=facts["created_by"])
    yield Piece(say("card-for"), (say("card-use"), made))
    heads = tuple(say(f"card-{one}") for one in ("figure", "share", "interval", "of"))
    title = say("card-measured", count=measured.get("messages", 0))
    yield Piece(title, heads=heads, rows=tuple(_shares(measured, say, language)))
    if facts["confused"]:
        heads = tuple(say(f"card-{one}") for one in ("true", "said", "messages"))
        yield Piece(say("card-confused"), heads=heads, rows=tuple(_confused(facts["confused"], say)))
    yield Piece(say("card-limits"), points=tuple(say(f"card-limit-{one}") for one in LIMITS))
    lines = tuple((name, f"{value:.3f}") for name, value in facts["thresholds"].items())
    yield Piece(say("card-thresholds"), heads=(say("card-line"), say("card-value")), rows=lines, long=True)
    yield Piece(
        say("card-learned", count=learned.get("total", 0)),
        words=(say("card-hash", hash=learned.get("sha256", "")),),
        heads=tuple(say(f"card-{one}") for one in ("by", "name", "messages")),
        rows=tuple(_counted(learned, say)),
        long=True,
    )


def _counted(learned: Facts, say: Say) -> Iterator[tuple[str, str, str]]:
    for by in COUNTED:
        for name, many in learned.get(f"by_{by}", {}).items():
            yield say(f"card-by-{by}"), _named(by, str(name), say), str(many)


def _named(by: str, name: str, say: Say) -> str:
    """What people call it; the id of a category that is no more, and a writer as they are."""
    words = {"language": f"page-language-{name}", "category": f"category-{name}", "severity": f"severity-{name}"}.get(
        by
    )
    if name == "None":
        return say("card-none")
    try:
        return say(words) if words else name
    except UnknownWords:
        return name


def _shares(measured: Facts, say: Say, language: str) -> Iterator[tuple[str, ...]]:
    right = {
        say(WHOLE[name]) if name in WHOLE else say("card-right-in", language=_named("language", name, say)): one
        for name, one in measured.get("category", {}).items()
    }
    severity = measured.get("severity", {})
    figures = {
        **right,
        say("card-acted-on"): measured.get("acted_on"),
        say("card-right-when-acted"): measured.get("right_when_acted_on"),
        say("card-asked"): measured.get("vague_asked"),
        say("card-severity"): severity.get("all"),
        say("card-a-found"): severity.get("a_found"),
    }
    for name, one in figures.items():
        if one and one.get("share") is not None:
            share, low, high = (amount(one[part], language, whole=False) for part in ("share", "low", "high"))
            yield name, share, say("card-from-to", low=low, high=high), str(one["of"])


def _confused(pairs: Sequence[Facts], say: Say) -> Iterator[tuple[str, ...]]:
    for one in pairs:
        yield _named("category", one["true"], say), _named("category", one["said"], say), str(one["count"])


def _table(heads: Sequence[str], rows: Rows) -> list[str]:
    return [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}", *[f"| {' | '.join(row)} |" for row in rows]]
