"""What a new model is held against, from `data/rules/gate.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from classifier.errors import ClassifierError

FIELDS = {
    "examples": (
        "fewest",
        "share_of_champion",
        "of_a_category",
        "of_a_level",
        "near",
        "near_copies",
        "contradictions",
        "wrong_language",
        "shift",
    ),
    "poison": ("rows", "pure", "against", "categories"),
    "labels": ("suspect", "suspect_of_category", "suspect_more", "consistency_drop"),
    "never_worse": ("a_found_drop", "a_called_c_more", "in_scope_drop"),
    "overall": (
        "accuracy_drop",
        "f1_drop",
        "language_drop",
        "category_drop",
        "severity_drop",
        "asked_drop",
        "acted_drop",
        "corrections_drop",
        "jump",
    ),
    "floors": ("accuracy", "category", "a_found", "in_scope", "asked", "acted", "calibration"),
}
COUNTS = ("fewest", "of_a_category", "of_a_level", "rows", "categories", "a_called_c_more")


@dataclass(frozen=True)
class Limits:
    """A limit by its table and name: `limits["floors", "accuracy"]`."""

    figures: Mapping[tuple[str, str], float]

    def __getitem__(self, name: tuple[str, str]) -> float:
        return self.figures[name]


def load_limits(path: Path) -> Limits:
    """Read them. Raises `ClassifierError` naming the file, the table, the field and what is legal."""
    stored = tomllib.loads(path.read_text(encoding="utf-8"))
    if sorted(stored) != sorted(FIELDS):
        raise ClassifierError(f"{path}: the tables are {', '.join(FIELDS)}; here are: {', '.join(stored)}")
    for table, names in FIELDS.items():
        if sorted(stored[table]) != sorted(names):
            raise ClassifierError(
                f"{path}: {table}: the fields are {', '.join(names)}; here are: {', '.join(stored[table])}"
            )
    figures = {(table, name): stored[table][name] for table, names in FIELDS.items() for name in names}
    for (table, name), figure in figures.items():
        _legal(path, table, name, figure)
    return Limits(figures)


def _legal(path: Path, table: str, name: str, figure: object) -> None:
    if name in COUNTS:
        if not isinstance(figure, int) or isinstance(figure, bool) or figure < 0:
            raise ClassifierError(f"{path}: {table}.{name}: {figure!r} is no whole number from 0 up")
    elif not isinstance(figure, int | float) or isinstance(figure, bool) or not 0 <= figure <= 1:
        raise ClassifierError(f"{path}: {table}.{name}: {figure!r} is no share between 0 and 1")
