"""The rule book, read once at start from `data/rules/*.toml` into frozen values, and refused as a whole if one field is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

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
from handoff.rulefile import RuleFile

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
    categories = RuleFile(folder / "categories.toml", category=Category)
    routes = RuleFile(folder / "routes.toml", route=Route)
    resources = RuleFile(folder / "resources.toml", resource=Resource)
    responses = RuleFile(folder / "responses.toml", plan=Plan, response=ResponseRow)
    severity = RuleFile(
        folder / "severity.toml", severity=SeverityRow, mistake=Mistake, question=Question, ruling=Ruling
    )
    authority = RuleFile(folder / "authority.toml", authority=AuthorityRow)
    life = RuleFile(folder / "life.toml", life=LifeNumbers, move=Move)
    self_help = RuleFile(folder / "self_help.toml", self_help=SelfHelp)

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


def _check_hours(routes: RuleFile) -> None:
    for position, route in enumerate(routes.rows("route", Route)):
        if route.opens_a_case != (route.hours is not None):
            routes.refuse(
                "route",
                position,
                "hours",
                "a route with scope 'in' has hours ('plan' or 'business'), one with 'out' has none",
            )


def _check_table(responses: RuleFile) -> None:
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


def _check_levels(severity: RuleFile) -> None:
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


def _check_life(life: RuleFile, authority: RuleFile) -> None:
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
