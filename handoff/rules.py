"""The rule book, read once at start from `data/rules/*.toml` into frozen values, and refused as a whole if one field is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import GenericAlias
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from handoff.errors import BadRules
from handoff.rulebook import (
    AuthorityRow,
    Category,
    Cell,
    Commitment,
    LifeNumbers,
    Mistake,
    Move,
    Plan,
    Question,
    Resource,
    ResponseRow,
    Route,
    Ruling,
    SelfHelp,
    Severity,
    SeverityRow,
)

Row = TypeVar("Row", bound=BaseModel)

MOVES_OF_THEIR_OWN = frozenset({"answer", "expire", "return"})  # an answer was waited for; time asks nobody
MOVES = MOVES_OF_THEIR_OWN | {
    *("take", "escalate", "acknowledge", "ask", "comment", "recategorise", "grade"),
    *("resolve", "confirm", "dispute", "reopen", "assign", "release", "hand_back", "said"),
}
VERBS = (MOVES - MOVES_OF_THEIR_OWN) | {
    *("open", "view", "rate", "follow_up", "set_severity", "see_tenant_cases", "see_service_requests"),
    *("describe_organisation", "name_administrators", "delegate", "talk"),
}


@dataclass(frozen=True)
class Rules:
    """Everything `data/rules/` says, by id. Order is the files' order."""

    categories: Mapping[str, Category]
    routes: Mapping[str, Route]
    resources: Mapping[str, Resource]
    plans: Mapping[str, Plan]
    commitments: Mapping[Cell, Commitment]
    asking: Mapping[Severity, SeverityRow]
    costs: Mapping[tuple[Severity, Severity], float]
    questions: Mapping[str, Question]
    rulings: tuple[Ruling, ...]
    authority: Mapping[str, AuthorityRow]
    moves: Mapping[str, Move]
    life: LifeNumbers
    self_help: Mapping[str, SelfHelp]

    def route_of(self, category: str) -> Route:
        """The route of a category. Raises KeyError for a category that does not exist."""
        return self.routes[self.categories[category].route]

    def in_scope(self, category: str) -> bool:
        """Whether a case is opened for this category."""
        return self.route_of(category).opens_a_case


def load_rules(folder: Path) -> Rules:
    """Read and check the whole rule book.

    Raises `BadRules`, whose text names the file, the line, the field and the legal values.
    """
    categories = _File(folder / "categories.toml", category=Category)
    routes = _File(folder / "routes.toml", route=Route)
    resources = _File(folder / "resources.toml", resource=Resource)
    responses = _File(folder / "responses.toml", plan=Plan, response=ResponseRow)
    severity = _File(folder / "severity.toml", severity=SeverityRow, mistake=Mistake, question=Question, ruling=Ruling)
    authority = _File(folder / "authority.toml", authority=AuthorityRow)
    life = _File(folder / "life.toml", life=LifeNumbers, move=Move)
    self_help = _File(folder / "self_help.toml", self_help=SelfHelp)

    routes_by_id = routes.by_id("route", Route)
    resources_by_id = resources.by_id("resource", Resource)
    categories_by_id = categories.by_id("category", Category)
    categories.refers("category", "route", routes_by_id)
    self_help.refers("self_help", "category", categories_by_id)
    self_help.refers("self_help", "resources", resources_by_id)
    routes.refers("route", "resources", resources_by_id)
    _check_hours(routes)
    _check_table(responses)
    _check_levels(severity)
    _check_life(life, authority)
    return Rules(
        categories=categories_by_id,
        routes=routes_by_id,
        resources=resources_by_id,
        plans=responses.by_id("plan", Plan),
        commitments={Cell(r.family, r.severity): r.commitment for r in responses.rows("response", ResponseRow)},
        asking={row.id: row for row in severity.rows("severity", SeverityRow)},
        costs=_costs(severity.rows("mistake", Mistake)),
        questions=severity.by_id("question", Question),
        rulings=tuple(severity.rows("ruling", Ruling)),
        authority=authority.by_id("authority", AuthorityRow, "verb"),
        moves=life.by_id("move", Move, "verb"),
        life=life.rows("life", LifeNumbers)[0],
        self_help=self_help.by_id("self_help", SelfHelp, "category"),
    )


def _check_hours(routes: _File) -> None:
    for position, route in enumerate(routes.rows("route", Route)):
        if route.opens_a_case != (route.hours is not None):
            routes.refuse(
                "route",
                position,
                "hours",
                "a route with scope 'in' has hours ('plan' or 'business'), one with 'out' has none",
            )


def _check_table(responses: _File) -> None:
    """Every family that a plan names has one row for each severity."""
    rows = responses.rows("response", ResponseRow)
    cells = [Cell(row.family, row.severity) for row in rows]
    for position, cell in enumerate(cells):
        if cell in cells[:position]:
            responses.refuse("response", position, "severity", f"the row {cell.family}/{cell.severity} stands twice")
    for position, plan in enumerate(responses.rows("plan", Plan)):
        missing = [level for level in "ABC" if (plan.family, level) not in cells]
        if missing:
            responses.refuse(
                "plan", position, "family", f"no response row for {plan.family!r} at severity {', '.join(missing)}"
            )


def _check_levels(severity: _File) -> None:
    """Every level stands once, every mistake has its cost, every answer of a ruling exists."""
    if [row.id for row in severity.rows("severity", SeverityRow)] != list(Severity):
        severity.refuse("severity", 0, "id", "the levels are A, B and C, once each and in this order")
    mistakes = severity.rows("mistake", Mistake)
    if {(row.true, row.said) for row in mistakes} != {(a, b) for a in Severity for b in Severity if a != b} or len(
        mistakes
    ) != 6:
        severity.refuse("mistake", 0, "said", "each pair of different levels has one cost: six in all")
    for question in severity.rows("question", Question):
        if question.id not in Ruling.model_fields:
            severity.refuse("question", 0, "id", f"{question.id!r} is no question that a ruling reads: people or work")
        severity.refers("ruling", question.id, question.answers)


def _check_life(life: _File, authority: _File) -> None:
    """One set of numbers; every verb that code calls has its row, and every move that a person makes has its authority."""
    if len(life.rows("life", LifeNumbers)) != 1:
        life.refuse("life", 0, "", "the numbers stand once")
    verbs = authority.by_id("authority", AuthorityRow, "verb")
    for position, move in enumerate(life.rows("move", Move)):
        if move.verb not in {*verbs, *MOVES_OF_THEIR_OWN}:
            life.refuse(
                "move", position, "verb", f"{move.verb!r} has no row in authority.toml; it has {', '.join(verbs)}"
            )
    moves = life.by_id("move", Move, "verb")
    for missing in sorted(MOVES - set(moves)):
        life.refuse("life", 0, "", f"the move {missing!r} is missing")
    for missing in sorted(VERBS - set(verbs)):
        authority.refuse("authority", 0, "verb", f"the verb {missing!r} is missing")


def _costs(mistakes: Iterable[Mistake]) -> Mapping[tuple[Severity, Severity], float]:
    return {(level, level): 0.0 for level in Severity} | {(row.true, row.said): row.cost for row in mistakes}


class _File:
    """One TOML file of arrays of tables, checked against a model for each array."""

    def __init__(self, path: Path, **kinds: type[BaseModel]) -> None:
        self._path = path
        fields: dict[str, Any] = {name: (GenericAlias(tuple, (kind, ...)), ...) for name, kind in kinds.items()}
        model = create_model("File", __config__=ConfigDict(extra="forbid"), **fields)
        try:
            self._text = path.read_text(encoding="utf-8")
            self._content = model.model_validate(tomllib.loads(self._text))
        except FileNotFoundError as missing:
            raise BadRules(f"{path}: the file is missing") from missing
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
            raise BadRules(f"{path}: {broken}") from broken
        except ValidationError as invalid:
            raise BadRules("\n".join(self._problem(error["loc"], error["msg"]) for error in invalid.errors())) from None

    def rows(self, name: str, _kind: type[Row]) -> tuple[Row, ...]:
        rows: tuple[Row, ...] = getattr(self._content, name)
        return rows

    def by_id(self, name: str, kind: type[Row], key_field: str = "id") -> Mapping[str, Row]:
        result: dict[str, Row] = {}
        for position, row in enumerate(self.rows(name, kind)):
            key = str(getattr(row, key_field))
            if key in result:
                self.refuse(name, position, key_field, f"{key!r} stands twice")
            result[key] = row
        return result

    def refers(self, name: str, field: str, legal: Iterable[str]) -> None:
        """Refuse a row whose `field` (one id or several) names something that does not exist."""
        known = list(legal)
        for position, row in enumerate(getattr(self._content, name)):
            value = getattr(row, field)
            for reference in (value,) if isinstance(value, str) else value:
                if reference not in known:
                    self.refuse(name, position, field, f"{reference!r} is unknown; one of: {', '.join(known)}")

    def refuse(self, name: str, position: int, field: str, why: str) -> NoReturn:
        raise BadRules(self._problem((name, position, field), why))

    def _problem(self, where: tuple[int | str, ...], why: str) -> str:
        name, position, field = (*where, 0, "")[:3] if len(where) < 3 else where[:3]
        return f"{self._path}:{_line_of(self._text, str(name), position, str(field))}: {field or name}: {why}"


def _line_of(text: str, table: str, position: int | str, field: str) -> int:
    """The line of a field in the position-th `[[table]]`; the line of the table where the field is missing; else 1."""
    seen, start = -1, 1
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(r"\s*\[", line):
            if seen == position:
                break
            seen += line.strip() == f"[[{table}]]"
            start = number if seen == position else start
        elif seen == position and re.match(rf"\s*{re.escape(field)}\s*=", line):
            return number
    return start
