"""The operators' pages, wired: their services over the store, their doors by the settings."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.figures import Figures
from bot.models import Models
from bot.pages import Entra, House, new_link, operator_pages, seal_from, vouching
from bot.review import Reviews
from bot.settings import Settings
from bot.store import SqlStore
from dialogs.scene import Knowledge

PATH = "/operator"


def back_office(
    settings: Settings, store: SqlStore, knowledge: Knowledge, clock: Callable[[], datetime]
) -> web.Application:
    """The application to be mounted at `PATH`."""
    house = House(
        figures=Figures(store, knowledge.rules, clock),
        reviews=Reviews(store, knowledge.rules, knowledge.thresholds.outlier, clock),
        models=Models(settings, store, clock),
        knowledge=knowledge,
        seal=seal_from(settings.pages_key.get_secret_value(), settings.var),
        clock=clock,
        use_link=store.links.use,
        entra=entra_of(settings),
        local=is_local(settings),
        url=settings.public_url,
    )
    return operator_pages(house)


def entra_of(settings: Settings) -> Entra | None:
    """The way in through Entra ID: the bot's registration with its secret, or one of its own that the managed identity vouches for."""
    managed, secret = settings.app_type == "UserAssignedMSI", settings.app_password.get_secret_value()
    registration = settings.sign_in_app_id if managed else settings.app_id
    if not (settings.app_id and registration and settings.app_tenant and (managed or secret)):
        return None
    credential = vouching(settings.app_id) if managed else secret
    return Entra(registration, credential, settings.app_tenant, settings.operators, settings.operator_role)


def is_local(settings: Settings) -> bool:
    """Whether the server listens on loopback only."""
    try:
        return settings.host == "localhost" or ipaddress.ip_address(settings.host).is_loopback
    except ValueError:
        return False


def one_time_link(settings: Settings, port: int, now: datetime) -> str:
    """A link that signs in whoever opens it first, on this machine, within minutes."""
    key = new_link(seal_from(settings.pages_key.get_secret_value(), settings.var), now.timestamp())
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{port}{PATH}/enter?key={key}"
