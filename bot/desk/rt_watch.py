"""What agents do to tickets of Request Tracker, looked up now and then; what we did ourselves is passed over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.desk.rt import RequestTracker, quoted
from bot.envelope import Deed, DeskEvent

LOOK_BACK = timedelta(days=4)  # at the first look: longer than anybody leaves the bot switched off
OURS = ("RT_System",)  # what RT does by itself follows from what somebody did

Changed = Mapping[str, Any]


class TicketWatch:
    """Watches one queue. `user` is the name of the RT user whose token we have."""

    def __init__(self, id_: str, tracker: RequestTracker, queue: str, user: str) -> None:
        self._id = id_
        self._tracker = tracker
        self._queue = queue
        self._ours = (user, *OURS)
        self._seen = 0
        self._names: dict[str, str] = {}

    async def hear(self, now: datetime) -> list[DeskEvent]:
        """What has happened since the last look, oldest first. Raises what a desk raises; then the next look sees it."""
        since = f"id > {self._seen}" if self._seen else f"Created > '{(now - LOOK_BACK):%Y-%m-%d}'"
        found = await self._tracker.changes(f"TicketQueue = '{quoted(self._queue)}' AND {since}")
        theirs = [one for one in found if _user(one) not in self._ours]
        events = []
        for ticket, changes in _by_ticket(theirs):
            number = await self._tracker.case_of(ticket)
            events += [await self._event(number, *one) for one in _deeds(changes)] if number else []
        self._next = max((int(one["id"]) for one in found), default=self._seen)
        return events

    async def done(self, _refused: Collection[str] = ()) -> None:
        """All that was heard is recorded: the next look begins after it."""
        self._seen = self._next

    async def _event(self, number: str, change: Changed, deed: Deed, spoken: Changed | None) -> DeskEvent:
        words = await self._tracker.words(str(spoken["id"])) if spoken else ""
        user = _user(change)
        if user not in self._names:
            self._names[user] = await self._tracker.name_of(user)
        return DeskEvent(f"rt-{change['id']}", self._id, number, deed, words, self._names[user])


def _deeds(changes: Sequence[Changed]) -> Iterator[tuple[Changed, Deed, Changed | None]]:
    """What changes of one ticket mean, each with the reply that belongs to it.

    A reply that goes with a new status is what is asked, or how it was solved; one that stands alone is a comment. RT's own
    "comment" is a note among agents, and stays there.
    """
    reply: Changed | None = None
    for change in changes:
        deed = _deed(change)
        if deed in (Deed.ASK, Deed.RESOLVE):
            yield change, deed, reply
            reply = None
        elif deed is not None:
            yield change, deed, None
        if change["Type"] == "Correspond":
            if reply is not None:
                yield reply, Deed.COMMENT, reply
            reply = change
    if reply is not None:
        yield reply, Deed.COMMENT, reply


def _deed(change: Changed) -> Deed | None:
    """What a change of status or owner means, if anything."""
    if change["Type"] == "Status":
        return {"open": Deed.ACKNOWLEDGE, "stalled": Deed.ASK, "resolved": Deed.RESOLVE}.get(change["NewValue"])
    owned = change["Type"] in ("Take", "Give", "Steal") or (change["Type"], change.get("Field")) == ("Set", "Owner")
    return Deed.ACKNOWLEDGE if owned else None


def _by_ticket(changes: Sequence[Changed]) -> Iterator[tuple[str, list[Changed]]]:
    """Changes of each ticket, the one that changed first first."""
    tickets: dict[str, list[Changed]] = {}
    for change in changes:
        tickets.setdefault(str(change["ObjectId"]), []).append(change)
    yield from tickets.items()


def _user(change: Changed) -> str:
    return str(change.get("Creator", {}).get("id", ""))
