"""Which of the served languages a text is written in, or that it does not tell."""

from __future__ import annotations

from functools import cache
from typing import Any

SERVED = ("en", "fr")
CERTAIN = 0.9
WORDS = 3  # below this a product name decides, not a language: "VPN", "Outlook ok"


def language_of(text: str) -> str:
    """The language of a tidy text: one of `SERVED`, or empty where it is too short to tell or could be either."""
    read = text.lower()
    if len(read.split()) < WORDS:
        return ""
    language, probability = _identifier().classify(read)
    return str(language) if probability >= CERTAIN else ""


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads 5 MB of tables

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(SERVED))
    return identifier
