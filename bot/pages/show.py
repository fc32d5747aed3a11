"""A page as an answer: its template, in the language of who reads it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from babel.dates import format_skeleton
from babel.numbers import format_decimal, format_percent

from bot.pages.house import OPERATOR, house_of
from dialogs.words import FALLBACK, LANGUAGES

LANGUAGE_COOKIE = "triage_language"
PERCENT = {"en": "#,##0%", "fr": "#,##0\xa0%"}


def show(request: web.Request, template: str, *, status: int = 200, **facts: Any) -> web.Response:
    """Render a template with what every page needs besides its own facts."""
    language = language_of(request)
    common = {
        "say": house_of(request).knowledge.words.voice(language),
        "language": language,
        "languages": LANGUAGES,
        "house": house_of(request),
        "operator": request.get(OPERATOR),
        "path": request.path,
        "percent": partial(percent, language),
        "decimal": partial(decimal, language),
        "day": partial(day, language),
    }
    return aiohttp_jinja2.render_template(template, request, {**common, **facts}, status=status)


def language_of(request: web.Request) -> str:
    """The language that was chosen, or the first served one that the browser asks for."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    asked = (part.split(";")[0].strip()[:2].lower() for part in request.headers.get("Accept-Language", "").split(","))
    return next((one for one in asked if one in LANGUAGES), FALLBACK)


def percent(language: str, part: float, whole: float) -> str:
    """A share as it is read in this language; a dash where there is nothing to share."""
    return str(format_percent(part / whole, format=PERCENT[language], locale=language)) if whole else "–"


def decimal(language: str, figure: float, places: int) -> str:
    """A figure with so many places, by a point or a comma."""
    return str(format_decimal(figure, format=f"#,##0.{'0' * places}", locale=language))


def day(language: str, at: datetime) -> str:
    """A day of the last weeks: its year needs no saying."""
    return str(format_skeleton("dMMM", at, locale="en_GB" if language == "en" else language))
