"""What a model makes of one text: plain values, free of every library, to cross into other rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Prediction:
    """What the model makes of one text: plain values, to cross into other rooms.

    `outlier` is higher for what is more foreign to all that was learned; `choices` are the categories that hold the right one
    as often as promised, most likely first. `lines` replace the thresholds in the manifest where another model than theirs has
    read, because the sentence encoder fails.
    """

    text: str
    categories: Mapping[str, float]
    severities: Mapping[str, float]
    clarity: float
    words: tuple[str, ...]
    cues: Mapping[str, str]
    language: str
    model: str
    outlier: float = 0.0
    choices: tuple[str, ...] = ()
    lines: Mapping[str, float] = field(default_factory=dict)
