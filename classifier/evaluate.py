"""How good a model is on messages it has not learned from: the short figures that are stored with it.

`triage evaluate` counts more of them, see `classifier.report`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import inf
from typing import Any

from classifier.corpus import Example
from classifier.figures import share
from classifier.predict import Predictor
from classifier.prediction import Prediction

OFFERED = 3
TOGETHER = 64  # messages read at once: the encoder takes half the time for each


def read_all(
    predictor: Predictor, texts: Sequence[str], heard: Callable[[int], None] = lambda _: None
) -> Iterator[Prediction]:
    """Read texts in batches, in order; `heard` is told how many more are read."""
    for start in range(0, len(texts), TOGETHER):
        batch = texts[start : start + TOGETHER]
        yield from predictor.predict_many(batch)
        heard(len(batch))


def evaluate(predictor: Predictor, examples: Sequence[Example], thresholds: Mapping[str, float]) -> dict[str, Any]:
    """Figures for a report: shares with their 95 % intervals (Wilson), counts where a share would hide few cases."""
    pairs = list(zip(examples, read_all(predictor, [example.text for example in examples]), strict=True))
    labelled = [(example, read) for example, read in pairs if example.category is not None]
    vague = [read for example, read in pairs if example.category is None]
    acted = [(example, read) for example, read in labelled if _acts(read, thresholds)]
    return {
        "messages": len(pairs),
        "category": {
            "all": share(_right(labelled)),
            **{
                lang: share(_right([p for p in labelled if p[0].lang == lang]))
                for lang in sorted({e.lang for e in examples})
            },
            f"among_first_{OFFERED}": share([example.category in _first(read, OFFERED) for example, read in labelled]),
            "always_the_commonest": share(_commonest(labelled)),
        },
        "acted_on": share([_acts(read, thresholds) for _, read in labelled]),
        "right_when_acted_on": share(_right(acted)),
        "vague_asked": share([read.clarity < thresholds["clarity"] for read in vague]),
        "per_category": _per_category(labelled),
        "severity": _severity(pairs),
    }


def _right(pairs: Sequence[tuple[Example, Prediction]]) -> list[bool]:
    return [example.category in _first(read, 1) for example, read in pairs]


def _first(read: Prediction, many: int) -> list[str]:
    return sorted(read.categories, key=lambda label: -read.categories[label])[:many]


def _acts(read: Prediction, thresholds: Mapping[str, float]) -> bool:
    lines = {"outlier": inf, **thresholds, **read.lines}
    sure = max(read.categories.values()) >= lines["act"] and read.outlier <= lines["outlier"]
    return sure and read.clarity >= lines["clarity"]


def _commonest(pairs: Sequence[tuple[Example, Prediction]]) -> list[bool]:
    counts = Counter(example.category for example, _ in pairs)
    guess = counts.most_common(1)[0][0] if counts else None
    return [example.category == guess for example, _ in pairs]


def _per_category(pairs: Sequence[tuple[Example, Prediction]]) -> dict[str, Any]:
    guessed = Counter(_first(read, 1)[0] for _, read in pairs)
    true = Counter(str(example.category) for example, _ in pairs)
    hit = Counter(str(example.category) for example, read in pairs if example.category in _first(read, 1))
    return {
        label: {
            "messages": true[label],
            "recall": _ratio(hit[label], true[label]),
            "precision": _ratio(hit[label], guessed[label]),
        }
        for label in sorted(true)
    }


def _severity(pairs: Sequence[tuple[Example, Prediction]]) -> dict[str, Any]:
    """Of the level believed most probable; what the product proposes weighs the cost of mistakes as well (`handoff.severity`)."""
    graded = [
        (str(example.severity), max(read.severities, key=lambda level: read.severities[level]))
        for example, read in pairs
        if example.severity
    ]
    grave = [said == "A" for true, said in graded if true == "A"]
    return {
        "all": share([true == said for true, said in graded]),
        "a_found": share(grave),
        "a_called_c": sum(true == "A" and said == "C" for true, said in graded),
        "always_b": share([true == "B" for true, _ in graded]),
    }


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
