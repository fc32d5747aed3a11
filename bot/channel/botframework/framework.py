"""The Bot Framework channel, put together: what `bot/app.py` needs of this folder."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.access import AccessTokens
from bot.channel.botframework.adapter import Adapter
from bot.channel.botframework.connector import Connector
from bot.channel.botframework.credentials import Anonymous, Credentials, acquiring
from bot.channel.botframework.download import Downloads
from bot.channel.botframework.handler import Handler
from bot.channel.botframework.hosts import LOOPBACK, MICROSOFT
from bot.channel.botframework.keys import SigningKeys
from bot.channel.botframework.session import Session
from bot.channel.botframework.tokens import Doorkeeper
from bot.channel.botframework.upload import Uploads
from bot.envelope import Take

OPENID_METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration"


@dataclass(frozen=True)
class BotFramework:
    """One bot registration. `connector` sends (a `Channel`); `routes` receive.

    Sending needs no turn and receiving does, so that the turn can be built between the two:

        teams = BotFramework.build(app_id=..., app_password=..., app_tenant=...)
        turns = Turns(channel=teams.connector, ...)
        app.add_routes(teams.routes(turns.take))
        app.cleanup_ctx.append(teams.lifetime)
    """

    connector: Connector
    doorkeeper: Doorkeeper
    session: Session
    credentials: Credentials
    hosts: tuple[str, ...]

    @classmethod
    def build(
        cls,
        *,
        app_id: str = "",
        app_password: str = "",
        app_type: str = "SingleTenant",
        app_tenant: str = "",
        service_hosts: Iterable[str] = (),
        openid_metadata_url: str = OPENID_METADATA,
        clock: Callable[[], float] = time.time,
        login_client: Any = None,
    ) -> BotFramework:
        """Make the channel of one registration; nothing is opened or called yet.

        `app_type` is `SingleTenant` (a secret) or `UserAssignedMSI` (none). Without `app_id` the bot is anonymous: only
        this machine can use it. `service_hosts` are allowed beside Microsoft's. `login_client` replaces MSAL's HTTP
        client.

        Raises ValueError if the registration is not complete.
        """
        session = Session()
        hosts = (*MICROSOFT, *service_hosts) if app_id else LOOPBACK
        keys = SigningKeys(session.fetch_json, openid_metadata_url, clock)
        acquire = acquiring(app_type, app_id, app_password, app_tenant, login_client) if app_id else None
        credentials = AccessTokens(acquire, clock) if acquire else Anonymous()
        return cls(Connector(session, credentials, hosts), Doorkeeper(app_id, keys, hosts), session, credentials, hosts)

    @property
    def anonymous(self) -> bool:
        """Whether no token is asked for. Such a bot must listen on loopback only."""
        return not self.doorkeeper.app_id

    def routes(self, take: Take) -> list[web.RouteDef]:
        """Return where Teams posts its activities; each that matters is handed to `take`."""
        return [web.post("/api/messages", Adapter(self.doorkeeper, self.connector, Handler(take)).process)]

    def downloads(self, places: Iterable[str]) -> Downloads:
        """Return what fetches the files that people send along; `places` are the hosts where their clients put them.

        An anonymous bot, which talks to this machine only, may fetch from it as well.
        """
        return Downloads(self.session, self.credentials, self.hosts, self._with_own(places))

    def uploads(self, places: Iterable[str]) -> Uploads:
        """Return what puts files where people allowed it: to the same hosts."""
        return Uploads(self.session, self._with_own(places))

    def _with_own(self, places: Iterable[str]) -> tuple[str, ...]:
        return (*places, *(self.hosts if self.anonymous else ()))

    async def start(self) -> None:
        """Open the connections' session, in the running loop; the first who presses a button should not have to wait for keys."""
        self.session.open()
        if not self.anonymous:
            self.doorkeeper.keys.warm()

    async def close(self) -> None:
        """Close what `start` or the first call opened."""
        await self.doorkeeper.keys.close()
        await self.session.close()

    async def lifetime(self, _app: web.Application) -> AsyncIterator[None]:
        """Start and close together with an application (an entry of its `cleanup_ctx`)."""
        await self.start()
        yield
        await self.close()
