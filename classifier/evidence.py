"""Which of the written words spoke for a category: by their own weight and that of their letters. Imports no scikit-learn."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

SHOWN = 4  # words
_SHOWABLE = re.compile(r"[^\W_]{3,}")


def speaking(
    written: str, seen: str, columns_of: Callable[[str], Sequence[int]], push: Mapping[int, float]
) -> tuple[str, ...]:
    """The words that spoke most, strongest first, as they were written.

    `seen` is the bare form of the text, letter for letter; `push` is how much each column of its row speaks for the category.
    """
    words = {match[0]: match.span() for match in _SHOWABLE.finditer(seen)}
    strengths = {
        span: sum([push[column] for column in columns_of(word) if column in push]) for word, span in words.items()
    }
    worth_showing = max([0.0, *strengths.values()]) / 4
    ranked = sorted([span for span in strengths if strengths[span] > worth_showing], key=lambda span: -strengths[span])
    return tuple(written[start:end] for start, end in ranked[:SHOWN])
