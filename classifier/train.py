"""From examples to a model: a first one to draw the thresholds on what it did not see, then the one that serves."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from classifier.corpus import Example, read_examples
from classifier.cues import load_cues
from classifier.decisions import load_costs
from classifier.errors import BadExamples
from classifier.evaluate import evaluate
from classifier.files import save_model
from classifier.fit import Progress, fit_all, model_of
from classifier.manifest import Manifest
from classifier.model import Model
from classifier.predict import Predictor
from classifier.signing import Signer

HELD_OUT = "heldout"  # the folder of examples that no model learns from
STAGES = 8  # how often `progress` is called
FEWEST = 12  # examples of a category in a language: with fewer, nothing said about it can be believed


@dataclass(frozen=True)
class Learned:
    """A model that is not stored yet, with what it learned from and, of the labelled ones, what it believed out of fold."""

    model: Model
    examples: tuple[Example, ...]
    labels: tuple[str, ...]
    unseen: NDArray[np.float64]

    @property
    def true(self) -> NDArray[np.intp]:
        """The places of the true labels of the labelled examples."""
        own = [str(one.category) for one in self.examples if one.category is not None]
        return np.searchsorted(self.labels, own).astype(np.intp)

    def summary(self) -> dict[str, Any]:
        """What it learned from, for its manifest."""
        return _summary(self.examples)


def train(
    data: Path,
    folder: Path,
    categories: Sequence[str],
    now: datetime,
    progress: Progress = lambda _: None,
    *,
    serial: int = 0,
    signer: Signer | None = None,
) -> Manifest:
    """Train on `data/examples`, measure on `data/examples/heldout`, save into `folder`, signed if there is a signer.

    Raises `BadExamples` when an example is not usable or a category has too few.
    """
    with threadpool_limits(1):
        examples = read_examples(data / "examples", categories)
        held_out = apart(read_examples(data / "examples" / HELD_OUT, categories), examples)
        learned = learn(data, examples, categories, progress)
        report = measure(learned.model, held_out)
        progress("report")
    return save_model(
        learned.model,
        folder,
        examples=learned.summary(),
        report=report,
        trained_at=now.isoformat(timespec="seconds"),
        serial=serial,
        signer=signer,
    )


def learn(
    data: Path, examples: Sequence[Example], categories: Sequence[str], progress: Progress = lambda _: None
) -> Learned:
    """A model from these examples, by the cues and costs under `data`. Raises `BadExamples` where a category has too few."""
    enough(examples, categories)
    patterns = load_cues(data / "rules" / "cues.toml").patterns
    costs = load_costs(data / "rules" / "decisions.toml")
    with threadpool_limits(
        1
    ):  # small matrices: more threads only wait for one another (four times slower on two cores)
        fitted = fit_all(examples, patterns, progress, costs)
        model = model_of(fitted, patterns)
    return Learned(model, tuple(examples), model.labels, fitted[-1].category.head_.unseen_proba())


def measure(model: Model, held_out: Sequence[Example]) -> dict[str, Any]:
    """The short figures on messages that it has not learned from."""
    return evaluate(Predictor(model, "candidate"), held_out, model.lines.thresholds())


def enough(examples: Sequence[Example], categories: Sequence[str]) -> None:
    """Nothing, where each category has enough in each language. Raises `BadExamples` naming the first that has not."""
    counts = Counter((example.category, example.lang) for example in examples)
    for category in categories:
        for language in sorted({example.lang for example in examples}):
            if counts[category, language] < FEWEST:
                raise BadExamples(
                    f"category {category!r} has {counts[category, language]} examples in {language!r}; at least {FEWEST} are needed"
                )


def apart(held_out: Sequence[Example], examples: Sequence[Example]) -> list[Example]:
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
        "by_severity": dict(sorted(Counter(str(example.severity) for example in examples).items())),
        "by_writer": dict(Counter(example.who for example in examples)),
    }
