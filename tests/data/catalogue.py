"""The message catalogues as they are written: every message of a language, its text and the facts it takes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from bot.settings import ROOT

WORDS = ROOT / "data" / "words"


def messages(language: str) -> Iterator[fluent.Message]:
    for path in sorted((WORDS / language).glob("*.ftl")):
        body = FluentParser().parse(path.read_text(encoding="utf-8")).body
        yield from (entry for entry in body if isinstance(entry, fluent.Message))


class _FactNames(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802 - Fluent's name
        self.names.add(node.id.name)


@cache
def facts(language: str) -> dict[str, frozenset[str]]:
    found = {}
    for message in messages(language):
        visitor = _FactNames()
        visitor.visit(message)
        found[message.id.name] = frozenset(visitor.names)
    return found


def sources(language: str) -> dict[str, list[str]]:
    """The written text of each message."""
    return {message.id.name: _plain(message.value) for message in messages(language) if message.value}


def _plain(pattern: fluent.Pattern) -> list[str]:
    return [one.value if isinstance(one, fluent.TextElement) else repr(one.to_json()) for one in pattern.elements]
