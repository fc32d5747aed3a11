"""Few of the product's own examples, enough to learn from in a second or two, and files made of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from bot.settings import ROOT
from classifier.corpus import Example, read_examples
from classifier.cues import Cues, load_cues
from handoff.rules import load_rules

DATA = ROOT / "data"
CATEGORIES = ("exchange", "billing", "network")
EACH = 16  # of a category in a language


@cache
def all_examples(folder: str = "examples") -> tuple[Example, ...]:
    """Every example of the product's own in a folder of `data/`."""
    return tuple(read_examples(DATA / folder, list(load_rules(DATA / "rules").categories)))


@cache
def few_examples() -> tuple[Example, ...]:
    """Three categories and the messages that say too little, in both languages."""
    return tuple(
        example
        for language in ("en", "fr")
        for category in (*CATEGORIES, None)
        for example in first(EACH, category, language)
    )


def first(many: int, category: str | None, language: str) -> Iterable[Example]:
    """The first examples of a category in a language: spread over the levels where there are levels."""
    fitting = [one for one in all_examples() if (one.category, one.lang) == (category, language)]
    levels = sorted({str(one.severity) for one in fitting})
    each = -(-many // len(levels))
    return [e for level in levels for e in islice((one for one in fitting if str(one.severity) == level), each)]


@cache
def cues() -> Cues:
    """The product's own cue families."""
    return load_cues(DATA / "rules" / "cues.toml")


def line(example: Example | None = None, **changes: Any) -> str:
    """One line of an examples file."""
    given = example or Example("nobody receives mail", "en", "exchange", "A", "hand-1")
    return json.dumps({**vars(given), "source": "hand-written", "when": "2026-11-23", **changes}, ensure_ascii=False)


def written(folder: Path, lines: Sequence[str], name: str = "some.jsonl") -> Path:
    """A folder with one file of these lines."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def small_data(folder: Path, examples: Iterable[Example], held_out: Iterable[Example]) -> Path:
    """A `data/` folder with these examples and the product's own cues and costs."""
    written(folder / "examples", [line(one) for one in examples])
    written(folder / "examples" / "heldout", [line(one) for one in held_out])
    (folder / "rules").mkdir()
    for name in ("cues.toml", "decisions.toml"):
        shutil.copy(DATA / "rules" / name, folder / "rules")
    return folder
