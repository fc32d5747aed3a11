"""What every turn knows, read once from `data/` and from the model's manifest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.errors import CannotStart
from dialogs.commands import load_commands
from dialogs.parts import load_joints
from dialogs.scene import Knowledge
from dialogs.weigh import Thresholds
from dialogs.words import load_words
from handoff.rules import Rules, load_rules


def read_knowledge(data: Path, thresholds: Mapping[str, float]) -> Knowledge:
    """Rules, texts, commands and thresholds. Raises `handoff.errors.BadRules` or `dialogs.words.UnknownWords` naming the file."""
    return Knowledge(
        rules=load_rules(data / "rules"),
        words=load_words(data / "words"),
        commands=load_commands(data / "rules" / "commands.toml"),
        thresholds=Thresholds(**thresholds),
        joints=load_joints(data / "rules" / "joints.toml"),
    )


def check_plan(rules: Rules, plan: str) -> None:
    """Refuse a plan that the rule book does not have."""
    if plan not in rules.plans:
        raise CannotStart(f"{plan!r} is no plan; one of: {', '.join(rules.plans)}")
