"""All that handing over needs, built once: a courier for each desk, the route by which desks call, and who listens to the others."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from datetime import datetime

from aiohttp import web
from dotenv import dotenv_values

from bot.courier import Courier
from bot.desk.attached import Bytes
from bot.desk.build import Secrets, build_desks, build_watches, inbound_secrets
from bot.desk.contract import Desk
from bot.desk.inbound import desk_routes
from bot.desk.mail_watch import Keep
from bot.desk.web import Web
from bot.hearing import Hearing
from bot.listening import Listener
from bot.metrics import Metrics
from bot.outbox import Relay
from bot.reroute import Reroute
from bot.settings import Settings
from bot.store import SqlStore
from dialogs.scene import Knowledge


class Handing:
    """Started and stopped with the bot. `desks` are those that it reaches; `others` stand in for, or come beside, those of the table.

    Files that desks are told of are on the `shelf`; `keep` takes in those that come back.
    """

    def __init__(
        self,
        settings: Settings,
        store: SqlStore,
        relay: Relay,
        knowledge: Knowledge,
        clock: Callable[[], datetime],
        metrics: Metrics,
        shelf: Bytes,
        keep: Keep,
        others: Mapping[str, Desk] | None = None,
    ) -> None:
        self._web = Web(settings.desk_hosts)
        secrets = the_secrets()
        rows = {id_: row for id_, row in knowledge.desks.desks.items() if id_ not in (others or {})}
        self.desks = build_desks(rows, self._web, knowledge.words, secrets, clock, shelf) | dict(others or {})
        reroute = Reroute(store, relay, knowledge, clock)
        self._couriers = [
            Courier(id_, desk, store.handovers, reroute, clock, metrics) for id_, desk in self.desks.items()
        ]
        for courier in self._couriers:
            relay.listen(courier.hear)
        hearing = Hearing(store, relay, knowledge, clock, metrics)
        watches = build_watches(rows, self.desks, knowledge.words, keep)
        self._listeners = [Listener(id_, watch, hearing.take, clock, rows[id_].every) for id_, watch in watches.items()]
        self._routes = desk_routes(inbound_secrets(knowledge.desks.desks, secrets), hearing.take)

    def routes(self) -> list[web.RouteDef]:
        """Where desks call."""
        return self._routes

    def start(self) -> None:
        """Begin to carry, and to listen."""
        for courier in self._couriers:
            courier.start()
        for listener in self._listeners:
            listener.start()

    async def stop(self) -> None:
        """Finish what is being delivered; the rest stays in the outbox."""
        await asyncio.gather(*(listener.stop() for listener in self._listeners))
        await asyncio.gather(*(courier.stop() for courier in self._couriers))
        await self._web.close()


def the_secrets() -> Secrets:
    """The secrets of this process: its environment, and `.env`."""
    return Secrets({**dotenv_values(".env"), **os.environ})
