"""From examples to the fitted estimators, and from those to the model that is stored: twice, with the sentence encoder and without."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from classifier.category import CategoryEstimator, features
from classifier.corpus import Example
from classifier.decisions import Costs
from classifier.errors import EncoderFails
from classifier.marks import CueFeatures
from classifier.meaning import DIMENSIONS, tested
from classifier.model import LEVELS, Model, Part, Vocabulary
from classifier.severity import SeverityEstimator
from classifier.temperature import folds_of
from classifier.thresholds import Lines, Unseen, draw_lines

Progress = Callable[[str], None]
Patterns = Mapping[str, str]


@dataclass(frozen=True)
class Fitted:
    """Three fitted estimators on one set of features, and the lines drawn for them.

    `clarity` is a binary head on the category's rows: does the text say enough to have a label?
    """

    category: CategoryEstimator
    clarity: LogisticRegression
    severity: SeverityEstimator
    lines: Lines


@dataclass(frozen=True)
class _Lesson:
    """What is learned from: the examples as rows of features, and the cues beside them."""

    examples: Sequence[Example]
    union: FeatureUnion
    rows: Any
    marks: Any
    patterns: Patterns
    costs: Costs


def fit_model(
    examples: Sequence[Example], patterns: Patterns, progress: Progress = lambda _: None, costs: Costs | None = None
) -> Model:
    """Learn everything from these examples. `patterns` are the cue families; `progress` hears the name of each finished stage."""
    return model_of(fit_all(examples, patterns, progress, costs), patterns)


def fit_all(
    examples: Sequence[Example], patterns: Patterns, progress: Progress = lambda _: None, costs: Costs | None = None
) -> tuple[Fitted, ...]:
    """The estimators without the sentence encoder, then those with it, if there is one."""
    meaning = _has_encoder()
    texts = [example.text for example in examples]
    union = features(len(texts), meaning=meaning)
    rows = union.fit_transform(texts).tocsr()
    progress("features")
    marks = CueFeatures(patterns).fit([]).transform(texts)
    lesson = _Lesson(examples, union, rows, marks, patterns, costs or Costs())
    if not meaning:
        return (_fit(lesson, progress, "words"),)
    words = FeatureUnion([(name, part) for name, part in union.transformer_list if name != "meaning"])
    alone = _Lesson(examples, words, rows[:, :-DIMENSIONS], marks, patterns, lesson.costs)
    return _fit(alone, progress, "words"), _fit(lesson, progress, "meaning")


def _has_encoder() -> bool:
    try:
        tested()
    except EncoderFails:
        return False
    return True


def _fit(lesson: _Lesson, progress: Progress, name: str) -> Fitted:
    examples, rows, meaning = lesson.examples, lesson.rows, "meaning" in lesson.union.named_transformers
    labelled = np.array([example.category is not None for example in examples])
    writers = [example.who for example in examples]
    category = CategoryEstimator(None if meaning else 0).fit_rows(
        lesson.union,
        rows[labelled],
        [str(example.category) for example in examples if example.category is not None],
        [example.who for example in examples if example.category is not None],
    )
    progress(f"category ({name})")
    clarity = _clarity().fit(rows, labelled)
    lines = draw_lines(_unseen(category, _unseen_clarity(rows, labelled, writers)[labelled], examples), lesson.costs)
    progress(f"clarity and lines ({name})")
    graded = np.array([example.severity is not None for example in examples])
    levels = [str(example.severity) for example in examples if example.severity is not None]
    graders = [example.who for example in examples if example.severity is not None]
    severity = SeverityEstimator(lesson.patterns, meaning)
    severity.fit_rows(lesson.union, rows[graded], lesson.marks[graded], levels, graders)
    progress(f"severity ({name})")
    return Fitted(category, clarity, severity, lines)


def _clarity() -> LogisticRegression:
    return LogisticRegression(C=10, max_iter=500, class_weight="balanced")


def _unseen_clarity(rows: Any, labelled: Any, writers: Sequence[str]) -> Any:
    """How clear each message is to a head that has learned from other writers."""
    clear = np.ones(len(writers))
    if labelled.all():
        return clear
    for learned, asked in folds_of(labelled.astype(np.intp), writers, 5, 0):
        clear[asked] = _clarity().fit(rows[learned], labelled[learned]).predict_proba(rows[asked])[:, 1]
    return clear


def _unseen(category: CategoryEstimator, clarity: Any, examples: Sequence[Example]) -> Unseen:
    head = category.head_
    labels = [str(example.category) for example in examples if example.category is not None]
    return Unseen(
        believed=head.unseen_proba(),
        true=np.searchsorted(category.classes_, labels),
        clarity=clarity,
        outlier=category.unseen_outliers(),
    )


def model_of(fitted: tuple[Fitted, ...], patterns: Patterns) -> Model:
    """What is stored of fitted estimators."""
    reduced, *full = (_part(one) for one in fitted)
    union = fitted[0].category.features_
    return Model(
        labels=tuple(str(label) for label in fitted[0].category.classes_),
        patterns=dict(patterns),
        words=_vocabulary(union["words"]),
        letters=_vocabulary(union["letters"]),
        full=full[0] if full else None,
        reduced=reduced,
    )


def _vocabulary(fitted: Any) -> Vocabulary:
    columns = {str(term): int(column) for term, column in fitted.vocabulary_.items()}
    return Vocabulary(columns, fitted.idf_.astype(np.float32))


def _part(fitted: Fitted) -> Part:
    """The heads' weights side by side; the temperature of the severity is multiplied into its own."""
    category, clarity, severity = fitted.category, fitted.clarity, fitted.severity.head_
    head = category.head_
    shared = np.vstack([_logits(head.coef_), clarity.coef_])
    levels = severity.temperature_ * severity.coef_
    columns = shared.shape[1]
    weights = np.ascontiguousarray(np.vstack([shared, levels[:, :columns]]).T, dtype=np.float32)
    words, letters = (len(category.features_[name].vocabulary_) for name in ("words", "letters"))
    cues = np.zeros((levels.shape[1] - columns, weights.shape[1]), dtype=np.float32)
    cues[:, -LEVELS:] = levels[:, columns:].T
    bias = [_logits(head.intercept_), clarity.intercept_, severity.temperature_ * severity.intercept_]
    return Part(
        words=weights[:words],
        letters=weights[words : words + letters],
        meaning=weights[words + letters :],
        cues=cues,
        bias=np.concatenate(bias).astype(np.float32),
        temperature=head.temperature_,
        lines=fitted.lines,
        familiar=category.familiar_,
    )


def _logits(weights: Any) -> Any:
    """The weights of each class; two classes have only those of the second."""
    return np.concatenate([np.zeros_like(weights), weights]) if len(weights) == 1 else weights
