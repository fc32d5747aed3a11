"""What in a text speaks for a severity: families of patterns from `data/rules/cues.toml`, and the words that matched."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from classifier.errors import ClassifierError
from classifier.text import bare, tidy


@dataclass(frozen=True)
class Cues:
    """The families, in the file's order, which is the order of the feature columns."""

    patterns: Mapping[str, str]

    def find(self, text: str) -> dict[str, str]:
        """Each family that speaks in this text, with the first words that matched, as they were written."""
        written = tidy(text)
        return self.find_in(written, bare(written))

    def find_in(self, written: str, seen: str) -> dict[str, str]:
        """The same for a text that is tidy already, and its bare form."""
        found: dict[str, str] = {}
        for family, pattern in self.patterns.items():
            match = re.search(pattern, seen)
            if match and match[0].strip(" ?"):
                found[family] = written[match.start() : match.end()].strip()
            elif match:
                found[family] = match[0].strip()
        return found


def load_cues(path: Path) -> Cues:
    """Read the families. Raises `ClassifierError` naming the file and the pattern that is no regular expression."""
    patterns: dict[str, str] = {}
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["cue"]:
        for pattern in row["patterns"]:
            try:
                re.compile(pattern)
            except re.error as wrong:
                raise ClassifierError(
                    f"{path}: cue {row['id']}: {pattern!r} is no regular expression: {wrong}"
                ) from wrong
        patterns[row["id"]] = "|".join(f"(?:{pattern})" for pattern in row["patterns"])
    return Cues(patterns)


class CueFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts to rows of 0 and 1, a column for each family of `patterns` (family → regular expression)."""

    def __init__(self, patterns: Mapping[str, str] | None = None) -> None:
        self.patterns = patterns

    def fit(self, texts: Sequence[str], y: Any = None) -> CueFeatures:
        """Nothing is learned here."""
        del texts, y
        self.fitted_ = True
        return self

    def transform(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n texts) → (n, families)."""
        cues = Cues(self.patterns or {})
        marks = [[float(family in found) for family in cues.patterns] for found in map(cues.find, texts)]
        return np.array(marks, dtype=np.float32).reshape(len(texts), len(cues.patterns))
