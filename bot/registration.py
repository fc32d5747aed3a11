"""How the bot signs in as itself, by the settings: to the connector of Teams, or to Microsoft Graph."""

from __future__ import annotations

from typing import Any

from bot.access import Acquire
from bot.channel.botframework.credentials import RESOURCE, acquiring
from bot.errors import CannotStart
from bot.settings import Settings


def signing_in(settings: Settings, login_client: Any = None, resource: str = RESOURCE) -> Acquire:
    """What asks for a token, and may block. `login_client` replaces MSAL's HTTP client. Raises `CannotStart` if a part is missing."""
    secret = settings.app_password.get_secret_value()
    try:
        return acquiring(settings.app_type, settings.app_id, secret, settings.app_tenant, login_client, resource)
    except ValueError as half:
        raise CannotStart(f"the bot's registration cannot be used: {half}") from half
