"""The rule book of this checkout, whole or as a copy that a test may spoil."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from bot.settings import ROOT
from handoff.rules import Rules, load_rules

RULES = ROOT / "data" / "rules"


@cache
def rules() -> Rules:
    """The rule book as it is served."""
    return load_rules(RULES)


def copied(folder: Path) -> Path:
    """A copy of the rule book in this folder."""
    return shutil.copytree(RULES, folder / "rules")


def spoiled(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of the rule book with the first `old` of one file replaced."""
    copy = copied(folder)
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r} to spoil"
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy
