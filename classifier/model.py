"""What is trained together and served together: the category, whether a text says enough, and the severity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from classifier.category import calibrated, features
from classifier.corpus import Example
from classifier.severity import SeverityEstimator

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Model:
    """Three fitted estimators on one set of features.

    `features` makes a row of a text; `category` is the calibrated head on it; `clarity` is a binary head on the same row (does the
    text say enough to have a label?); `severity` has its own small features.
    """

    features: FeatureUnion
    category: Any
    clarity: LogisticRegression
    severity: SeverityEstimator

    @property
    def category_pipeline(self) -> Pipeline:
        """Features and category head as one scikit-learn pipeline."""
        return Pipeline([("features", self.features), ("head", self.category)])


def fit_model(examples: Sequence[Example], patterns: Mapping[str, str], progress: Progress = lambda _: None) -> Model:
    """Learn everything from these examples. `patterns` are the cue families; `progress` hears the name of each finished stage."""
    union = features()
    rows = union.fit_transform([example.text for example in examples])
    progress("features")
    labelled = np.array([example.category is not None for example in examples])
    categories = [example.category for example in examples if example.category is not None]
    category = calibrated().fit(rows[labelled], categories)
    progress("category")
    clarity = LogisticRegression(C=10, max_iter=500, class_weight="balanced").fit(rows, labelled)
    progress("clarity")
    graded = [example for example in examples if example.severity is not None]
    severity = SeverityEstimator(patterns).fit([e.text for e in graded], [str(e.severity) for e in graded])
    progress("severity")
    return Model(union, category, clarity, severity)
