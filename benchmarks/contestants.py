"""Who is measured on the public sets: the product's own estimator unchanged, a classic, and fastText where it is installed."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier import category_estimator
from classifier.baselines import tfidf_svc

Factory = Callable[[], Any]
Scores = NDArray[np.float64]


class FastText:
    """fastText's supervised classifier with word pairs and letters, one thread, behind fit and predict_proba."""

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> FastText:
        """Learn; it reads from a file only."""
        import fasttext

        self.classes_ = np.array(sorted(set(labels)))
        number = {label: place for place, label in enumerate(self.classes_)}
        with tempfile.TemporaryDirectory() as folder:
            lines = Path(folder) / "lines.txt"
            rows = (f"__label__{number[label]} {_one_line(text)}" for text, label in zip(texts, labels, strict=True))
            lines.write_text("\n".join(rows) + "\n", encoding="utf-8")
            self.model_ = fasttext.train_supervised(
                str(lines), lr=0.5, epoch=50, wordNgrams=2, minn=2, maxn=5, dim=100, bucket=200_000, thread=1, verbose=0
            )
        return self

    def predict_proba(self, texts: Sequence[str]) -> Scores:
        """(n texts) → (n, labels)."""
        rows = np.zeros((len(texts), len(self.classes_)))
        for place, text in enumerate(texts):
            labels, shares = self.model_.predict(_one_line(text), k=len(self.classes_))
            rows[place, [int(label.removeprefix("__label__")) for label in labels]] = shares
        return rows


def contestants() -> tuple[dict[str, Factory], list[str]]:
    """Each by its name, and what is to be said of those that cannot run."""
    found: dict[str, Factory] = {"triage": category_estimator, "TF-IDF + LinearSVC": tfidf_svc}
    if find_spec("fasttext"):
        return {**found, "fastText": FastText}, []
    return found, ["fastText is left out: it is not installed (pip install --group bench)"]


def scores(estimator: Any, texts: Sequence[str]) -> Scores:
    """How much each label is believed: probabilities where there are any, else margins."""
    ask = getattr(estimator, "predict_proba", None) or estimator.decision_function
    return np.asarray(ask(list(texts)), dtype=np.float64)


def surety(estimator: Any, texts: Sequence[str], said: Scores) -> Scores:
    """How surely each text is in scope: by the estimator's own score where it has one (negated), else by its best label's."""
    own = getattr(estimator, "oos_score", None)
    return -np.asarray(own(list(texts)), dtype=np.float64) if own else np.asarray(said.max(axis=1))


def _one_line(text: str) -> str:
    return " ".join(re.findall(r"\w+|[^\w\s]", text.lower()))
