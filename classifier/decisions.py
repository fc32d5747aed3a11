"""What a question and a mistake cost the person, from `data/rules/decisions.toml`: the trainer draws its lines by it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from classifier.errors import ClassifierError


@dataclass(frozen=True)
class Costs:
    """Costs in taps, and shares that are promised; what each means stands in the file."""

    wrong: float = 6.0
    question: float = 1.0
    list: float = 3.0
    choices_hold: float = 0.9
    clear_kept: float = 0.97
    familiar_kept: float = 0.98

    @property
    def asking(self) -> float:
        """A question with buttons, and now and then the whole list behind them."""
        return self.question + (1 - self.choices_hold) * self.list


def load_costs(path: Path) -> Costs:
    """Read them. Raises `ClassifierError` naming the file, the table and what is legal."""
    stored = tomllib.loads(path.read_text(encoding="utf-8"))
    given = {**stored.get("cost", {}), **stored.get("promise", {})}
    names = [field.name for field in fields(Costs)]
    if sorted(given) != sorted(names):
        raise ClassifierError(f"{path}: the figures are {', '.join(names)}, each once; here are: {', '.join(given)}")
    for name in stored["promise"]:
        if not _is_number(given[name]) or not 0 < given[name] < 1:
            raise ClassifierError(f"{path}: promise.{name}: {given[name]!r} is no share between 0 and 1")
    for name in stored["cost"]:
        if not _is_number(given[name]) or given[name] <= 0:
            raise ClassifierError(f"{path}: cost.{name}: {given[name]!r} is no cost above 0")
    costs = Costs(**given)
    if costs.wrong <= costs.asking:
        raise ClassifierError(f"{path}: cost.wrong: a mistake that costs no more than a question is never asked about")
    return costs


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
