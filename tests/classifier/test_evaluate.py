"""The figures of a report, counted by hand beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from classifier.corpus import Example
from classifier.evaluate import evaluate
from classifier.prediction import Prediction

LINES = {"act": 0.8, "confirm": 0.3, "clarity": 0.5}


class Oracle:
    """Believes of each text what the test tells it."""

    def __init__(self, beliefs: Mapping[str, Prediction]) -> None:
        self.beliefs = beliefs

    def predict_many(self, texts: Sequence[str]) -> list[Prediction]:
        return [self.beliefs[text] for text in texts]


def belief(text: str, category: str, sure: float, severity: str = "B", clarity: float = 0.9) -> Prediction:
    others = [one for one in ("billing", "exchange", "identity", "network") if one != category]
    categories = {category: sure} | dict.fromkeys(others, (1 - sure) / 3)
    severities = {level: 0.8 if level == severity else 0.1 for level in "ABC"}
    return Prediction(text, categories, severities, clarity, (), {}, "en", "m")


def report(*cases: tuple[Example, Prediction]) -> dict[str, Any]:
    numbered = [(Example(f"{n}", e.lang, e.category, e.severity, e.who), read) for n, (e, read) in enumerate(cases)]
    examples: Sequence[Example] = [example for example, _ in numbered]
    return evaluate(Oracle({e.text: read for e, read in numbered}), examples, LINES)  # type: ignore[arg-type]


def true(category: str | None, severity: str | None = "B", lang: str = "en") -> Example:
    return Example("", lang, category, severity, "hand")


def test_a_share_comes_with_the_interval_of_wilson() -> None:
    right = (true("exchange"), belief("", "exchange", 0.9))
    wrong = (true("exchange"), belief("", "billing", 0.9))
    share = report(*[right] * 8, *[wrong] * 2)["category"]["all"]
    assert share == {"of": 10, "share": 0.8, "low": 0.49, "high": 0.943}


def test_each_language_has_its_own_share() -> None:
    figures = report(
        (true("exchange", lang="en"), belief("", "exchange", 0.9)),
        (true("exchange", lang="fr"), belief("", "billing", 0.9)),
        (true("billing", lang="fr"), belief("", "billing", 0.9)),
    )["category"]
    assert (figures["en"]["share"], figures["fr"]["share"], figures["fr"]["of"]) == (1.0, 0.5, 2)


def test_the_baseline_always_says_the_commonest() -> None:
    read = belief("", "network", 0.9)
    figures = report((true("exchange"), read), (true("exchange"), read), (true("billing"), read))
    assert figures["category"]["always_the_commonest"]["share"] == 0.667


def test_what_is_acted_on_is_sure_and_clear() -> None:
    figures = report(
        (true("exchange"), belief("", "exchange", 0.8, clarity=0.5)),
        (true("exchange"), belief("", "billing", 0.9)),
        (true("exchange"), belief("", "exchange", 0.79)),
        (true("exchange"), belief("", "exchange", 0.9, clarity=0.49)),
    )
    assert figures["acted_on"] == pytest.approx({"of": 4, "share": 0.5, "low": 0.15, "high": 0.85})
    assert (figures["right_when_acted_on"]["of"], figures["right_when_acted_on"]["share"]) == (2, 0.5)


def test_a_message_that_says_too_little_counts_only_as_asked_or_not() -> None:
    figures = report(
        (true(None, None), belief("", "exchange", 0.9, clarity=0.2)),
        (true(None, None), belief("", "exchange", 0.9, clarity=0.8)),
        (true("exchange"), belief("", "exchange", 0.9)),
    )
    assert figures["vague_asked"]["share"] == 0.5
    assert (figures["messages"], figures["category"]["all"]["of"]) == (3, 1)


def test_each_category_has_its_recall_and_its_precision() -> None:
    figures = report(
        (true("exchange"), belief("", "exchange", 0.9)),
        (true("exchange"), belief("", "billing", 0.9)),
        (true("billing"), belief("", "billing", 0.9)),
        (true("network"), belief("", "exchange", 0.9)),
    )["per_category"]
    assert figures == {
        "billing": {"messages": 1, "recall": 1.0, "precision": 0.5},
        "exchange": {"messages": 2, "recall": 0.5, "precision": 0.5},
        "network": {"messages": 1, "recall": 0.0, "precision": None},
    }


def test_a_critical_case_called_non_critical_is_counted_and_not_averaged_away() -> None:
    figures = report(
        (true("exchange", "A"), belief("", "exchange", 0.9, "C")),
        (true("exchange", "A"), belief("", "exchange", 0.9, "A")),
        (true("exchange", "B"), belief("", "exchange", 0.9, "B")),
        (true("network", None), belief("", "network", 0.9, "A")),
    )["severity"]
    assert figures["a_called_c"] == 1
    assert (figures["a_found"]["of"], figures["a_found"]["share"]) == (2, 0.5)
    assert (figures["all"]["of"], figures["all"]["share"]) == (3, 0.667)
    assert figures["always_b"]["share"] == 0.333


def test_a_share_of_nothing_is_none_and_not_nought() -> None:
    figures = report((true(None, None), belief("", "exchange", 0.9)))
    nothing = {"of": 0, "share": None, "low": None, "high": None}
    assert figures["category"]["all"] == figures["acted_on"] == figures["severity"]["a_found"] == nothing
