"""Which of the served languages a text is written in, or that it does not tell."""

from __future__ import annotations

from functools import cache
from typing import Any

SERVED = ("en", "fr")
CERTAIN = 0.9
TELLING = 3  # small words that leave no doubt
ENGLISH = frozenset("the and is of my not we our it with can are this that have from to how you for was but".split())  # noqa: SIM905
FRENCH = frozenset("le les une et est pas je nous vous dans pour sur avec du aux ne ce mon ma notre qui depuis".split())  # noqa: SIM905
WORDS = 3  # below this a product name decides, not a language: "VPN", "Outlook ok"


def language_of(text: str) -> str:
    """The language of a tidy text: one of `SERVED`, or empty where it is too short to tell or could be either."""
    read = text.lower()
    words = read.split()
    if len(words) < WORDS:
        return ""
    if plain := _plainly(words):
        return plain
    language, probability = _identifier().classify(read)
    return str(language) if probability >= CERTAIN else ""


def _plainly(words: list[str]) -> str:
    """The language of which there are several small words and none of the other's; most texts tell by these alone."""
    english, french = (sum(word in small for word in words) for small in (ENGLISH, FRENCH))
    if max(english, french) < TELLING or min(english, french):
        return ""
    return "en" if english else "fr"


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads 5 MB of tables

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(SERVED))
    return identifier
