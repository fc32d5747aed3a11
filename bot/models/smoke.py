"""A few texts that a model has to read sensibly before it may serve: the last look, after signature and hash."""

from __future__ import annotations

import math
from collections.abc import Collection

from bot.reader import CannotRead, Reader
from dialogs.values import Reading

TEXTS = (
    "Nobody in the company has received any mail since this morning",
    "Plus personne n'arrive à ouvrir le site SharePoint des RH",
    "How do I add two licences to our subscription?",
    "Mon mot de passe a expiré et je suis bloqué",
    "help",
    "",
    "😀",
    "a" * 5000,
)
OFF = 1e-3  # how far probabilities may be from adding up to one


class Unfit(Exception):
    """A model that was verified does not read as a model should."""


async def smoke(reader: Reader, version: str, categories: Collection[str]) -> None:
    """Nothing, where every text is read by this version with proper probabilities of known categories. Raises `Unfit`."""
    for text in TEXTS:
        try:
            reading = await reader.read(text)
        except CannotRead as silent:
            raise Unfit(f"it does not answer: {silent}") from silent
        if problem := _problem(reading, version, categories):
            raise Unfit(f"{text[:40]!r}: {problem}")


def _problem(reading: Reading, version: str, categories: Collection[str]) -> str:
    if reading.model != version:
        return f"it says that it is model {reading.model}, not {version}"
    unknown = set(reading.categories) - set(categories)
    if unknown:
        return f"it knows categories that the rule book has not: {', '.join(sorted(unknown))}"
    for believed in (reading.categories, reading.severities):
        if not all(0 <= one <= 1 for one in believed.values()) or not math.isclose(
            sum(believed.values()), 1, abs_tol=OFF
        ):
            return "its probabilities do not add up to one"
    return ""
