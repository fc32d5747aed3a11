"""Answers typed instead of tapped: which of the offered answers a text means, in either language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dialogs.commands import plain
from dialogs.scene import Scene


def typed_answer(text: str, question: str, scene: Scene) -> str | None:
    """The answer of a severity question that was typed, or None. Its title in any language, its number, or its usual words."""
    answers = scene.rules.questions[question].answers
    said = plain(text)
    numbers = [str(place) for place in range(1, len(answers) + 1)]
    if said in numbers:
        return answers[numbers.index(said)]
    for answer in answers:
        for say in scene.voices:
            titles = [say(f"answer-{question}-{answer}"), *say(f"answer-{question}-{answer}-also").split("|")]
            if said in (plain(title) for title in titles):
                return answer
    return None


def typed_category(text: str, scene: Scene, offered: Sequence[str] = ()) -> str | None:
    """The category that was typed by its name, in any language, or by its number among those `offered`; or None."""
    said = plain(text)
    if said.isdecimal() and 1 <= int(said) <= len(offered):
        return offered[int(said) - 1]
    return _first(
        category
        for category in scene.rules.categories
        for say in scene.voices
        if plain(say(f"category-{category}")) == said
    )


def typed_severity(text: str) -> str | None:
    """A level typed as a correction: "B", "severity B", "gravité b"."""
    found = re.fullmatch(r"(?:severity|severite|gravite|niveau|level)?\s*([abc])", plain(text))
    return found[1].upper() if found else None


def _first(found: Iterable[str]) -> str | None:
    return next(iter(found), None)
