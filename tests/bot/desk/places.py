"""Desks, cases and what happens to them, each made in one line; and a courier that brings one to the other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.courier import Courier
from bot.desk.contract import Desk
from bot.envelope import Handover, Outgoing
from bot.metrics import Metrics
from bot.notify import handovers
from bot.outbox import Relay
from bot.reroute import Reroute
from bot.store import SqlStore
from bot.store import cases as case_rows
from dialogs.scene import Knowledge, Scene
from handoff.case import Case, Holder, Judgement
from handoff.clock import Clock as CaseClock
from handoff.desks import DeskBook, DeskRow, RouteRow
from handoff.file import File
from handoff.life import Event
from handoff.packet import Packet
from handoff.people import SYSTEM, Person, Tenant
from handoff.rulebook import Severity, Status

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
CONTOSO = Tenant("contoso", "enterprise_e3", name="Contoso")
UGO = Person("ugo", "Ugo")
SAM = Person("sam", "Sam", agent=True)


def book(*desks: str, also: tuple[str, ...] = (), kind: str = "webhook") -> DeskBook:
    """A table with these desks, and one route that takes every case to them in this order."""
    rows = {id_: DeskRow.model_validate({"id": id_, "kind": kind}) for id_ in (*desks, *also)}
    return DeskBook(rows, (RouteRow(desks=desks, also=also),))


def case_of(number: str = "T-222-2222", **changes: object) -> Case:
    """A service request about mail, submitted at the start."""
    case = Case(
        number=number,
        key=number,
        tenant=CONTOSO.id,
        requester=UGO,
        language="en",
        description="Nobody gets mail <b>since</b> this morning",
        category="exchange",
        severity=Severity.A,
        holder=Holder.SUPPORT,
        wants_a_person=False,
        judgement=Judgement(),
        opened_at=START,
        status=Status.ESCALATED,
        packet=Packet("No mail", "Nobody gets mail since this morning", contact="Ugo, room 12"),
        clock=CaseClock(running_since=START),
    )
    return replace(case, **changes)  # type: ignore[arg-type]


def opened(case: Case) -> Event:
    return Event(case.number, "opened", case.requester, case.opened_at, case.status)


def commented(case: Case, words: str, by: Person = UGO) -> tuple[Case, Event]:
    """The case after somebody wrote something to it."""
    after = replace(case, revision=case.revision + 1)
    return after, Event(case.number, "comment", by, START + timedelta(minutes=after.revision), case.status, words)


PICTURE = File("f1", "Capture d’écran 1.png", "image/png", 12, "aa11")
LARGE = File("f2", "all.pdf", "application/pdf", 15 * 1024 * 1024, "bb22")
ERASED = File("f3", "gone.log", "text/plain", 3, "cc33")


class Shelved:
    """Files that are kept, by their hash."""

    kept: Mapping[str, bytes] = {PICTURE.sha256: b"\x89PNG picture", LARGE.sha256: b"never read"}

    async def read(self, file: File) -> bytes:
        if file.sha256 not in self.kept:
            raise FileNotFoundError(file.sha256)
        return self.kept[file.sha256]


def handover(case: Case, event: Event, desk: str = "desk") -> Handover:
    """What this desk is told of it."""
    return Handover(f"{case.number}-{case.revision}-{event.verb}-{desk}", desk, case, CONTOSO, event)


@dataclass
class Post:
    """A store whose outbox is emptied by couriers. Time stands still unless the test moves it."""

    store: SqlStore
    knowledge: Knowledge
    desks: Mapping[str, Desk]
    now: datetime = START
    metrics: Metrics = field(default_factory=Metrics)
    seconds: float = 2.0
    say: Callable[[str], None] = lambda _text: None

    def clock(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)

    async def keep(self, case: Case) -> None:
        """Store the case, and hand over that it was opened."""
        async with self.store.ringing() as transaction:
            await case_rows.add(transaction._connection, case, {"channel": "test", "conversation": "test"}, ())
        await self.happened(case, opened(case))

    async def comment(self, case: Case, words: str) -> Case:
        after, event = commented(case, words)
        await self.happened(after, event)
        return after

    async def happened(self, case: Case, event: Event) -> None:
        scene = Scene(self.knowledge, SYSTEM, CONTOSO, self.now, "token", "")
        async with self.store.ringing() as transaction:
            await transaction.case(case.number)  # locked first, as a turn does
            told = handovers(case, CONTOSO, event, *await transaction.knowing(case.number), scene)
            await transaction.hand_over(told, self.now)
        self.relay.send_soon([], told)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Carry, until the block ends."""
        self.relay = Relay(self.store.outbox, lambda _name: _Chat(self.say), self.clock, self.metrics)
        reroute = Reroute(self.store, self.relay, self.knowledge, self.clock)
        couriers = [
            Courier(id_, desk, self.store.handovers, reroute, self.clock, self.metrics, self.seconds)
            for id_, desk in self.desks.items()
        ]
        for courier in couriers:
            self.relay.listen(courier.hear)
            courier.start()
        try:
            yield
        finally:
            for courier in couriers:
                await courier.stop()
            await self.relay.stop()


@dataclass
class _Chat:
    """A channel that hands on what is said."""

    say: Callable[[str], None]

    async def send(self, outgoing: Outgoing) -> str:
        self.say(outgoing.message.text)
        return "1"


def failing(problem: Exception, times: int = 1 << 30) -> Callable[[Handover], Exception | None]:
    """Raise this, so many times."""
    left = [times]

    def trouble(_handover: Handover) -> Exception | None:
        left[0] -= 1
        return problem if left[0] >= 0 else None

    return trouble
