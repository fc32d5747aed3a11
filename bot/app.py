"""Everything is built here, once, and passed down: the only place that knows all rooms."""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from aiohttp import web

from bot.alarms import Alarms
from bot.back_office import back_office
from bot.channel.botframework import BotFramework
from bot.channel.terminal import ClosedTerminal
from bot.desk.contract import Desk
from bot.desk.teams import teams_desks
from bot.directory import Directory, TenantList
from bot.enclosures import Enclosures
from bot.envelope import Channel, Etiquette, Take
from bot.errors import CannotStart
from bot.files.filing import Filing, Source
from bot.files.rules import FileRules, load_file_rules
from bot.files.shelf import FileShelf, Shelf
from bot.giving import Giving
from bot.handing import Handing
from bot.health import health_routes
from bot.knowledge import check_plan, read_knowledge
from bot.metrics import Metrics
from bot.minds import Mind, Minds
from bot.models.keys import trust_of
from bot.models.watch import Watch
from bot.outbox import Relay
from bot.patience import ANSWER_SECONDS, Patience
from bot.picturing import Picturing
from bot.reader import CannotRead, Reader
from bot.retention import Keep, Retention
from bot.roles import directory_of
from bot.settings import Settings
from bot.store import SqlStore, open_store
from bot.store.engines import sqlite_file
from bot.talk import Guarded
from bot.turn import Turns
from classifier.manifest import verified
from dialogs.scene import Knowledge
from handoff.deskfile import load_desks


@dataclass(frozen=True)
class Parts:
    """What every way of talking needs. `model` is the version of the model that the reader has; `patience` is for how many seconds whoever
    has pressed a button waits."""

    settings: Settings
    store: SqlStore
    reader: Reader
    model: str
    knowledge: Knowledge
    metrics: Metrics
    clock: Callable[[], datetime]
    files: FileRules
    directory: Directory = field(default_factory=TenantList)
    patience: float = ANSWER_SECONDS

    def minds(self) -> Minds:
        """The model that the bot starts with, where another may take its place."""
        return Minds(Mind(self.reader, self.knowledge, self.model))

    def turns(self, relay: Relay, minds: Minds, etiquette: Etiquette, source: Source | None = None) -> Turns:
        """The turn, sending through this relay, in a channel of this etiquette; files are taken in where it is a `source` of them."""
        filing = Filing(source, self.shelf, self.files) if source else None
        return Turns(self.store, relay, minds, self.clock, self.metrics, etiquette, self.directory, filing)

    @property
    def shelf(self) -> Shelf:
        """Where files are kept."""
        return Shelf(self.settings.file_folder)

    @property
    def file_shelf(self) -> FileShelf:
        """The files of cases, for whoever works them."""
        return FileShelf(self.store.files, self.shelf)

    def watch(self, minds: Minds) -> Watch:
        """What follows the registry of models."""
        return Watch(self.settings, self.store, minds, self.metrics, self.clock)

    def relay(self, channel_of: Callable[[str], Channel]) -> Relay:
        """The relay over this store's outbox."""
        return Relay(self.store.outbox, channel_of, self.clock, self.metrics)

    def waiting(self, take: Take, relay: Relay) -> Patience:
        """The turn, with an answer in time for whoever waits for one."""
        return Patience(take, self.store, relay, self.knowledge, self.clock, self.metrics, self.patience)

    def handing(self, relay: Relay, desks: Mapping[str, Desk] | None = None) -> Handing:
        """What brings cases to desks and hears them, sending through this relay; `desks` come beside those of the route table."""
        keep = Enclosures(self.shelf, self.files).keep
        return Handing(
            self.settings, self.store, relay, self.knowledge, self.clock, self.metrics, self.file_shelf, keep, desks
        )

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
    knowledge = replace(knowledge, desks=load_desks(settings.desk_file, knowledge.rules))
    check_plan(knowledge.rules, settings.plan)
    settings.var.mkdir(parents=True, exist_ok=True)
    metrics = Metrics()
    metrics.serves(manifest.version)
    store = open_store(settings.database, settings.plan)
    directory = directory_of(settings, store, clock)
    files = load_file_rules(settings.data / "rules" / "files.toml")
    return Parts(settings, store, reader, manifest.version, knowledge, metrics, clock, files, directory)


def build_app(parts: Parts, desks: Mapping[str, Desk] | None = None) -> web.Application:
    """The web application; `desks` stand in for those of the route table.

    Raises `CannotStart` when it would listen to strangers without asking who they are."""
    refuse_strangers(parts.settings)
    teams = teams_channel(parts.settings)
    picturing = Picturing(teams.connector, parts.shelf)
    giving = Giving(picturing, teams.uploads(parts.files.hosts.files), parts.shelf)
    talking = Guarded(giving, parts.store.bridges)
    relay = parts.relay(lambda name: ClosedTerminal() if name == "terminal" else talking)
    channels = teams_desks(parts.knowledge.desks.desks, teams.connector, parts.settings.app_id, parts.knowledge.words)
    handing = parts.handing(relay, {**channels, **(desks or {})})
    app = web.Application(client_max_size=256 * 1024)
    minds = parts.minds()
    turns = parts.turns(relay, minds, teams.connector, teams.downloads(parts.files.hosts.files))
    patience = parts.waiting(turns.take, relay)
    app.add_routes(teams.routes(patience.take))
    app.add_routes(handing.routes())
    app.add_routes(health_routes(parts.store, parts.metrics, lambda: minds.now.version))
    app.add_subapp("/operator", back_office(parts.settings, parts.store, parts.knowledge, parts.clock))
    app.cleanup_ctx.append(teams.lifetime)
    app.cleanup_ctx.append(_lifetime(parts, relay, parts.alarms(relay), handing, parts.watch(minds)))
    app.cleanup_ctx.append(patience.lifetime)
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
    parts: Parts, relay: Relay, alarms: Alarms, handing: Handing, watch: Watch
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
        handing.start()
        keep = Keep(parts.settings.keep_days, parts.files.limits.days)
        retention = Retention(parts.store, parts.shelf, keep, parts.clock)
        retention.start()
        await parts.directory.start()
        yield
        await parts.directory.close()
        await retention.stop()
        await alarms.stop()
        await handing.stop()
        await relay.stop()
        await watch.stop()
        await parts.store.close()

    return live
