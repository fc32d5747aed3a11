"""The gate: may a newly trained model be promoted? Every check is a finding, passed or not, with what to look at.

First the examples are looked at (`gate_examples`), before anything is trained; then the labels and the figures
(`gate_figures`). Pure: what is read comes in, what is found goes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

SHOWN = 12  # rows of one finding


@dataclass(frozen=True)
class Row:
    """A message to look at: where it stands, what it says, and what is wrong with it."""

    where: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Finding:
    """One check. `check` is its id (`gate-<check>` in data/words), `measured` was held against `limit`; `facts` fill its sentence."""

    check: str
    passed: bool
    measured: float
    limit: float
    facts: Mapping[str, str | float] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {**asdict(self), "rows": [asdict(row) for row in self.rows[:SHOWN]], "of_rows": len(self.rows)}


def at_most(check: str, measured: float, limit: float, rows: Iterable[Row] = (), **facts: str | float) -> Finding:
    """Passed while the figure is not above its limit."""
    return Finding(check, measured <= limit, _rounded(measured), limit, facts, tuple(rows))


def at_least(check: str, measured: float, limit: float, rows: Iterable[Row] = (), **facts: str | float) -> Finding:
    """Passed while the figure is not below its limit."""
    return Finding(check, measured >= limit, _rounded(measured), limit, facts, tuple(rows))


def refused(findings: Iterable[Finding]) -> list[Finding]:
    """The checks that were not passed: none of them, and the model may be promoted."""
    return [one for one in findings if not one.passed]


def _rounded(figure: float) -> float:
    return figure if isinstance(figure, int) else round(float(figure), 4)
