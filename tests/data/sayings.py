"""What the code says: the message ids that stand in it, by name or by pattern, found by reading it and not by running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from bot.settings import ROOT

ROOMS = ("dialogs", "bot")


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def _spoken() -> Iterator[tuple[str, ast.expr]]:
    """The first argument of every `say(...)`, and both sides where it is a choice of two."""
    for where, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and _name(node.func) == "say":
                first = node.args[0]
                for one in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                    yield f"{where}:{node.lineno}", one


def said_by_name() -> Iterator[tuple[str, str]]:
    yield from ((one.value, where) for where, one in _spoken() if isinstance(one, ast.Constant))
    yield from said_by_templates()


def said_by_templates() -> Iterator[tuple[str, str]]:
    """What the pages' templates say by name; with `~` they build the rest."""
    for path in sorted((ROOT / "bot/pages/templates").glob("*.html")):
        for call in re.findall(r"say\(([^()]*)", path.read_text(encoding="utf-8")):
            first = call.split(",")[0]
            if "~" not in first:
                yield from ((id_, path.name) for id_ in re.findall(r"'([\w-]+)'", first.partition(" if ")[0]))
                yield from ((id_, path.name) for id_ in re.findall(r"else '([\w-]+)'", first))


def said_by_pattern() -> Iterator[tuple[str, str]]:
    for where, one in _spoken():
        if isinstance(one, ast.JoinedStr):
            parts = (re.escape(p.value) if isinstance(p, ast.Constant) else r"[\w-]+" for p in one.values)
            yield "".join(parts), where


def constants() -> frozenset[str]:
    """Every string in the code: an id may be chosen first and said later."""
    nodes = (node for _, tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Constant))
    named = frozenset(id_ for id_, _ in said_by_templates())
    return named | frozenset(node.value for node in nodes if isinstance(node.value, str))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
