"""What is stored and served: plain arrays and dictionaries, made from the fitted estimators. Imports no scikit-learn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.outlier import Familiar
from classifier.thresholds import Lines

Floats = NDArray[np.float32]
LEVELS = 3  # columns of the severity: A, B, C


@dataclass(frozen=True)
class Vocabulary:
    """A fitted TF-IDF (sublinear, rows of length 1): the column of each term, and its weight."""

    columns: Mapping[str, int]
    idf: Floats


@dataclass(frozen=True)
class Part:
    """Linear heads side by side on one row of features: a column for each label, then clarity, then the levels A, B, C.

    `meaning` has no rows where the sentence encoder is done without. `temperature` belongs to the labels alone.
    """

    words: Floats
    letters: Floats
    meaning: Floats
    cues: Floats
    bias: Floats
    temperature: float
    lines: Lines
    familiar: Familiar


@dataclass(frozen=True)
class Model:
    """Two parts that serve, one with the sentence encoder and one for when it fails, on one vocabulary.

    `patterns` are the cue families. `full` is None where the trainer had no encoder either.
    """

    labels: tuple[str, ...]
    patterns: Mapping[str, str]
    words: Vocabulary
    letters: Vocabulary
    full: Part | None
    reduced: Part

    @property
    def lines(self) -> Lines:
        """Where the lines are drawn while all is well."""
        return (self.full or self.reduced).lines
