"""What a model makes of one text: plain values, free of every library, to cross into other rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Prediction:
    """What the model makes of one text: plain values, to cross into other rooms."""

    text: str
    categories: Mapping[str, float]
    severities: Mapping[str, float]
    clarity: float
    words: tuple[str, ...]
    cues: Mapping[str, str]
    language: str
    model: str
