"""What every page has at hand: the services behind it, the words, the seal, the clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.figures import Figures
from bot.models import Models
from bot.pages.entra import Entra
from bot.pages.session import Operator, Seal
from bot.review import Reviews
from dialogs.scene import Knowledge

OPERATOR: web.RequestKey[Operator] = web.RequestKey("operator", Operator)


@dataclass(frozen=True)
class House:
    """Built once by `bot.app`. `use_link` marks a one-time link as used, False when it was; `entra` is None without a registration.

    `local` says that the server listens on loopback only: a one-time link opens nothing elsewhere. `url` is how browsers reach it
    from outside, or empty.
    """

    figures: Figures
    reviews: Reviews
    models: Models
    knowledge: Knowledge
    seal: Seal
    clock: Callable[[], datetime]
    use_link: Callable[[str, datetime], Awaitable[bool]]
    entra: Entra | None
    local: bool
    url: str


HOUSE: web.AppKey[House] = web.AppKey("house", House)


def house_of(request: web.Request) -> House:
    """The house that a request came to."""
    return request.app[HOUSE]
