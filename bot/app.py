"""Everything is built here, once, and passed down: the only place that knows all rooms."""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from bot.alarms import Alarms
from bot.back_office import back_office
from bot.channel.botframework import BotFramework
from bot.channel.terminal import ClosedTerminal
from bot.envelope import Channel
from bot.errors import CannotStart
from bot.health import health_routes
from bot.knowledge import check_plan, read_knowledge
from bot.metrics import Metrics
from bot.minds import Mind, Minds
from bot.models.keys import trust_of
from bot.models.watch import Watch
from bot.outbox import Relay
from bot.reader import CannotRead, Reader
from bot.retention import Retention
from bot.settings import Settings
from bot.store import SqlStore, open_store
from bot.store.engines import sqlite_file
from bot.turn import Turns
from classifier.manifest import verified
from dialogs.scene import Knowledge


@dataclass(frozen=True)
class Parts:
    """What every way of talking needs. `model` is the version of the model that the reader has."""

    settings: Settings
    store: SqlStore
    reader: Reader
    model: str
    knowledge: Knowledge
    metrics: Metrics
    clock: Callable[[], datetime]

    def minds(self) -> Minds:
        """The model that the bot starts with, where another may take its place."""
        return Minds(Mind(self.reader, self.knowledge, self.model))

    def turns(self, relay: Relay, minds: Minds) -> Turns:
        """The turn, sending through this relay."""
        return Turns(self.store, relay, minds, self.clock, self.metrics)

    def watch(self, minds: Minds) -> Watch:
        """What follows the registry of models."""
        return Watch(self.settings, self.store, minds, self.metrics, self.clock)

    def relay(self, channel_of: Callable[[str], Channel]) -> Relay:
        """The relay over this store's outbox."""
        return Relay(self.store.outbox, channel_of, self.clock, self.metrics)

    def alarms(self, relay: Relay) -> Alarms:
        """What rings by the clock, sending through this relay."""
        return Alarms(self.store, relay, self.knowledge, self.clock)


def utc_now() -> datetime:
    """The clock of production."""
    return datetime.now(UTC)


def make_parts(settings: Settings, reader: Reader, clock: Callable[[], datetime] = utc_now) -> Parts:
    """Check the model, read rules and texts, and open the store. Raises what each of them raises, and `CannotStart`."""
    _, manifest = verified(settings.model_folder, trust_of(settings))
    knowledge = read_knowledge(settings.data, manifest.thresholds)
    check_plan(knowledge.rules, settings.plan)
    settings.var.mkdir(parents=True, exist_ok=True)
    metrics = Metrics()
    metrics.serves(manifest.version)
    store = open_store(settings.database, settings.plan)
    return Parts(settings, store, reader, manifest.version, knowledge, metrics, clock)


def build_app(parts: Parts) -> web.Application:
    """The web application. Raises `CannotStart` when it would listen to strangers without asking who they are."""
    refuse_strangers(parts.settings)
    teams = teams_channel(parts.settings)
    relay = parts.relay(lambda name: ClosedTerminal() if name == "terminal" else teams.connector)
    app = web.Application(client_max_size=256 * 1024)
    minds = parts.minds()
    app.add_routes(teams.routes(parts.turns(relay, minds).take))
    app.add_routes(health_routes(parts.store, parts.metrics, lambda: minds.now.version))
    app.add_subapp("/operator", back_office(parts.settings, parts.store, parts.knowledge, parts.clock))
    app.cleanup_ctx.append(teams.lifetime)
    app.cleanup_ctx.append(_lifetime(parts, relay, parts.alarms(relay), parts.watch(minds)))
    return app


def teams_channel(settings: Settings) -> BotFramework:
    """The channel to Teams. Raises `CannotStart` when the registration is only half described."""
    try:
        return BotFramework.build(
            app_id=settings.app_id,
            app_password=settings.app_password.get_secret_value(),
            app_type=settings.app_type,
            app_tenant=settings.app_tenant,
            service_hosts=settings.service_hosts,
            openid_metadata_url=settings.openid_metadata_url,
        )
    except ValueError as half:
        raise CannotStart(f"the bot's registration cannot be used: {half}") from half


def refuse_strangers(settings: Settings) -> None:
    """Without an app id nobody is asked for a token, so only this machine may talk to the bot."""
    if not settings.app_id and not _is_loopback(settings.host):
        raise CannotStart(
            f"without TRIAGE_APP_ID the bot listens on loopback only, and TRIAGE_HOST is {settings.host!r}; "
            "use 127.0.0.1, or register the bot"
        )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _lifetime(
    parts: Parts, relay: Relay, alarms: Alarms, watch: Watch
) -> Callable[[web.Application], AsyncIterator[None]]:
    async def live(_app: web.Application) -> AsyncIterator[None]:
        try:
            await parts.reader.start()
        except CannotRead as silent:
            raise CannotStart(f"{silent}; `triage doctor` says more") from silent
        await parts.store.start()
        await watch.start()
        await relay.start(alone=sqlite_file(parts.settings.database) is not None)
        alarms.start()
        retention = Retention(parts.store, parts.settings.keep_days, parts.clock)
        retention.start()
        yield
        await retention.stop()
        await alarms.stop()
        await relay.stop()
        await watch.stop()
        await parts.store.close()

    return live
