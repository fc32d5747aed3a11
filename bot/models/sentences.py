"""The gate's findings in words, for reports, the command line and the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal, format_percent

from dialogs.words import Say, UnknownWords


def sentence(finding: Mapping[str, Any], say: Say, language: str = "en") -> str:
    """What a finding (as JSON) says, in this language. `say` is that language's voice."""
    whole = isinstance(finding["limit"], int)
    amounts = {name: amount(finding[name], language, whole=whole) for name in ("measured", "limit")}
    facts = {name: _named(name, value, say) for name, value in finding["facts"].items()}
    return say(f"gate-{finding['check']}", **facts, **amounts)


def amount(figure: float, language: str, *, whole: bool) -> str:
    """A count as it is, anything else as a percentage."""
    if whole:
        return str(format_decimal(figure, locale=language))
    return str(format_percent(figure, format="#,##0.0\xa0%" if language == "fr" else "#,##0.0%", locale=language))


def named(category: str, say: Say) -> str:
    """A category by the name that people know it by; its id where an old model knew one that is gone."""
    try:
        return say(f"category-{category}")
    except UnknownWords:
        return category


def _named(name: str, value: Any, say: Say) -> str | float:
    if name != "name":
        return value if isinstance(value, int | float) else str(value)
    known = named(str(value), say)
    return known if known == value else f"{known} ({value})"
