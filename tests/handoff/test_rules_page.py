"""`docs/rules.md` leaves no section of the service description out, and what it names exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.handoff.tables import DOMAIN, tables

PAGE = ROOT / "docs" / "rules.md"
HEADINGS = re.findall(r"^## (\d\. .+)$", DOMAIN.read_text(encoding="utf-8"), re.MULTILINE)


def rows(heading: str) -> list[list[str]]:
    """What the page says of a section: the sentence, where it is executed, the tests that hold it."""
    header, *found = tables(PAGE, heading)[0]
    assert header == ["the description says", "executed in", "held by"]
    return found


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


EVERY_ROW = [(heading, *row) for heading in HEADINGS for row in rows(heading)]
HELD_BY = sorted({test for _, _, _, held in EVERY_ROW for test in quoted(held)})
EXECUTED_IN = sorted({place for _, _, executed, _ in EVERY_ROW for place in quoted(executed)})


def test_every_section_of_the_description_has_its_rules() -> None:
    written = re.findall(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert written == HEADINGS
    assert len(HEADINGS) == 6


@pytest.mark.parametrize(("heading", "sentence", "executed", "held"), EVERY_ROW)
def test_every_rule_is_executed_somewhere_and_held_by_a_test(
    heading: str, sentence: str, executed: str, held: str
) -> None:
    assert sentence
    assert quoted(executed)
    assert quoted(held)


@pytest.mark.parametrize("test", HELD_BY)
def test_every_test_that_is_named_exists(test: str) -> None:
    path, _, name = test.partition("::")
    assert path.startswith("tests/")
    assert name.startswith("test_")
    assert name in functions(ROOT / path)


@pytest.mark.parametrize("place", EXECUTED_IN)
def test_every_place_that_is_named_exists(place: str) -> None:
    path, _, name = place.partition(":")
    assert (ROOT / path).exists()
    assert not name or name in functions(ROOT / path)


def test_no_role_category_ruling_or_promise_is_left_out() -> None:
    people, categories, _, promises, *_ = ("\n".join(row[0] for row in rows(heading)) for heading in HEADINGS)
    roles = [row[0].partition(" (")[0] for row in tables(DOMAIN, "1. The people")[0][1:]]
    ids = [row[0] for row in tables(DOMAIN, "2. Categories")[0][1:]]
    header, *levels = tables(DOMAIN, "4. Initial response")[0]
    rulings = re.findall(r"^(\d+)\. ", DOMAIN.read_text(encoding="utf-8"), re.MULTILINE)
    assert [role for role in roles if f"{role}:" not in people.lower()] == []
    assert [id_ for id_ in ids if f"{id_} →" not in categories] == []
    assert [ruling for ruling in rulings if f"Ruling {ruling}. " not in categories] == []
    cells = [f"{row[0]}, {plans}: {cell}" for row in levels for plans, cell in zip(header[1:], row[1:], strict=True)]
    assert len(cells) == 12
    assert [cell for cell in cells if cell not in promises] == []


@cache
def functions(path: Path) -> frozenset[str]:
    """The names of all functions and methods in a file, read and not imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
