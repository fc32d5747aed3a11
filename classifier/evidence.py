"""Which of the written words spoke for a category: by their own weight and that of their letters. Imports no scikit-learn."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

SHOWN = 4  # words
_SHOWABLE = re.compile(r"[^\W_]{3,}")


def speaking(
    written: str, seen: str, columns_of: Callable[[str], Sequence[int]], push: defaultdict[int, float]
) -> tuple[str, ...]:
    """The words that spoke most, strongest first, as they were written.

    `seen` is the bare form of the text, letter for letter; `push` is how much each column of its row speaks for the category.
    """
    words = {match[0]: match.span() for match in _SHOWABLE.finditer(seen)}
    pushed = push.__getitem__  # summed in C: this is asked of every letter of a message
    strengths = {span: sum(map(pushed, columns_of(word))) for word, span in words.items()}
    worth_showing = max([0.0, *strengths.values()]) / 4
    ranked = sorted([span for span in strengths if strengths[span] > worth_showing], key=lambda span: -strengths[span])
    return tuple(written[start:end] for start, end in ranked[:SHOWN])
