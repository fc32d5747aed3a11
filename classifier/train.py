"""From examples to a model: a first one to draw the thresholds on what it did not see, then the one that serves."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from classifier.corpus import Example, read_examples
from classifier.cues import load_cues
from classifier.decisions import load_costs
from classifier.errors import BadExamples
from classifier.evaluate import evaluate
from classifier.files import save_model
from classifier.fit import Progress, fit_model
from classifier.manifest import Manifest
from classifier.predict import Predictor

HELD_OUT = "heldout"  # the folder of examples that no model learns from
STAGES = 8  # how often `progress` is called
FEWEST = 12  # examples of a category in a language: with fewer, nothing said about it can be believed


def train(
    data: Path, folder: Path, categories: Sequence[str], now: datetime, progress: Progress = lambda _: None
) -> Manifest:
    """Train on `data/examples`, measure on `data/examples/heldout`, save into `folder`.

    Raises `BadExamples` when an example is not usable or a category has too few.
    """
    with threadpool_limits(
        1
    ):  # small matrices: more threads only wait for one another (four times slower on two cores)
        return _train(data, folder, categories, now, progress)


def _train(data: Path, folder: Path, categories: Sequence[str], now: datetime, progress: Progress) -> Manifest:
    examples = read_examples(data / "examples", categories)
    _enough(examples, categories)
    held_out = _apart(read_examples(data / "examples" / HELD_OUT, categories), examples)
    patterns = load_cues(data / "rules" / "cues.toml").patterns
    costs = load_costs(data / "rules" / "decisions.toml")
    model = fit_model(examples, patterns, progress, costs)
    report = evaluate(Predictor(model, "candidate"), held_out, model.lines.thresholds())
    progress("report")
    return save_model(
        model,
        folder,
        examples=_summary(examples),
        report=report,
        trained_at=now.isoformat(timespec="seconds"),
    )


def _enough(examples: Sequence[Example], categories: Sequence[str]) -> None:
    counts = Counter((example.category, example.lang) for example in examples)
    for category in categories:
        for language in sorted({example.lang for example in examples}):
            if counts[category, language] < FEWEST:
                raise BadExamples(
                    f"category {category!r} has {counts[category, language]} examples in {language!r}; at least {FEWEST} are needed"
                )


def _apart(held_out: Sequence[Example], examples: Sequence[Example]) -> list[Example]:
    """The held-out examples whose text is not in the training set, letter for letter."""
    known = {example.text for example in examples}
    return [example for example in held_out if example.text not in known]


def _summary(examples: Sequence[Example]) -> dict[str, Any]:
    texts = "\n".join(f"{e.text}\t{e.category}\t{e.severity}" for e in examples)
    return {
        "sha256": hashlib.sha256(texts.encode()).hexdigest(),
        "total": len(examples),
        "by_language": dict(Counter(example.lang for example in examples)),
        "by_category": dict(sorted(Counter(str(example.category) for example in examples).items())),
        "by_writer": dict(Counter(example.who for example in examples)),
    }
