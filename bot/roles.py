"""Which directory is asked who administers an organisation, by the settings."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.access import AccessTokens
from bot.directory import Directory, Graph, GraphDirectory, TenantList, load_roles
from bot.errors import CannotStart
from bot.registration import signing_in
from bot.settings import Settings
from bot.store import SqlStore


def directory_of(settings: Settings, store: SqlStore, clock: Callable[[], datetime]) -> Directory:
    """Graph where it is configured, else the tenant's own list. Raises `CannotStart`, and `BadPhrases` for the table of roles."""
    if not settings.graph:
        return TenantList()
    roles = load_roles(settings.data / "rules" / "directory.toml")
    return GraphDirectory(graph_of(settings), store.directory, roles, settings.app_tenant, clock)


def graph_of(settings: Settings, login_client: Any = None) -> Graph:
    """Microsoft Graph, as the bot's own registration may ask it. `login_client` replaces MSAL's HTTP client. Raises `CannotStart`."""
    if not settings.app_id or not settings.app_tenant:
        raise CannotStart(
            "TRIAGE_GRAPH needs TRIAGE_APP_ID and TRIAGE_APP_TENANT: Graph is asked as the bot, of its own tenant"
        )
    return Graph(AccessTokens(signing_in(settings, login_client, settings.graph_url), time.time), settings.graph_url)
