"""The linear head: logistic regression, its probabilities set right by one temperature from out-of-fold decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

Floats = NDArray[np.float64]
Folds = list[tuple[NDArray[np.intp], NDArray[np.intp]]]


class TemperedLogistic(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Multinomial logistic regression and one temperature: scikit-learn's default calibration costs 20 points of ECE here.

    Told who wrote each message, it folds by writer: the temperature is then that of messages by writers it has not seen.
    `decisions_` are the out-of-fold decisions of the rows it was fitted on.
    """

    def __init__(self, C: float = 10.0, folds: int = 5, seed: int = 0) -> None:  # noqa: N803 - scikit-learn's name
        self.C = C
        self.folds = folds
        self.seed = seed

    def fit(self, rows: Any, y: Any, groups: Sequence[str] | None = None) -> TemperedLogistic:
        """Learn from rows and their labels; `groups` are the writers."""
        rows, labels = validate_data(self, rows, y, accept_sparse="csr")
        check_classification_targets(labels)
        self.classes_, true = np.unique(labels, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"one class only: {self.classes_[0]!r}; a classifier needs two to tell apart")
        self.linear_ = self.linear().fit(rows, labels)
        self.decisions_ = np.zeros((len(true), len(self.classes_)))
        for learned, asked in folds_of(true, groups, self.folds, self.seed):
            fitted = self.linear().fit(rows[learned], labels[learned])
            columns = np.searchsorted(self.classes_, fitted.classes_)
            self.decisions_[np.ix_(asked, columns)] = _wide(fitted.decision_function(rows[asked]))
        self.temperature_ = temperature_of(self.decisions_, true)
        return self

    def decision_function(self, rows: Any) -> Floats:
        """Logits before the temperature: (n, classes), or (n,) where there are two."""
        check_is_fitted(self)
        rows = validate_data(self, rows, accept_sparse="csr", reset=False)
        return np.asarray(self.linear_.decision_function(rows))

    def predict_proba(self, rows: Any) -> Floats:
        """(n, classes)."""
        decisions = _wide(self.decision_function(rows))
        return softmax(self.temperature_ * decisions)

    def unseen_proba(self) -> Floats:
        """The probabilities of the rows it was fitted on, as if it had not seen them."""
        return softmax(self.temperature_ * self.decisions_)

    def predict(self, rows: Any) -> Any:
        """The likeliest class of each row."""
        likeliest = _wide(self.decision_function(rows)).argmax(axis=1)
        return self.classes_[likeliest]

    def linear(self) -> LogisticRegression:
        """The regression without its temperature, unfitted."""
        return LogisticRegression(C=self.C, max_iter=500)

    def __sklearn_tags__(self) -> Any:
        """Sparse rows are welcome."""
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags


def folds_of(true: NDArray[np.intp], groups: Sequence[str] | None, many: int, seed: int) -> Folds:
    """By writer where there are enough writers, and each class in every fold's training; else by chance, each class spread."""
    if groups is not None and len(set(groups)) >= many:
        by_writer: Folds = list(GroupKFold(many).split(true, groups=groups))
        if all(len(np.unique(true[learned])) == len(np.unique(true)) for learned, _ in by_writer):
            return by_writer
    fewest = int(np.bincount(true).min())
    if fewest >= 2:
        spread = StratifiedKFold(min(many, fewest), shuffle=True, random_state=seed)
        return list(spread.split(true, true))
    return _by_chance(true, many, seed)


def temperature_of(decisions: Floats, true: NDArray[np.intp]) -> float:
    """The factor on the decisions under which the true labels are likeliest."""

    def surprise(log_factor: float) -> float:
        believed = softmax(np.exp(log_factor) * decisions)
        return float(-np.log(np.clip(believed[np.arange(len(true)), true], 1e-300, None)).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-4, 4), method="bounded").x))


def softmax(logits: Floats) -> Floats:
    """Rows of logits to rows of probabilities."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Floats = powers / powers.sum(axis=1, keepdims=True)
    return result


def _by_chance(true: NDArray[np.intp], many: int, seed: int) -> Folds:
    """Where a class has one message only: folds whose training has two classes at least."""
    folds = KFold(min(many, len(true)), shuffle=True, random_state=seed).split(true)
    return [(learned, asked) for learned, asked in folds if len(np.unique(true[learned])) > 1]


def _wide(decisions: Any) -> Floats:
    """Decisions of two classes as two columns, as those of more classes are."""
    given: Floats = np.asarray(decisions, dtype=np.float64)
    return np.column_stack([np.zeros(len(given)), given]) if given.ndim == 1 else given
