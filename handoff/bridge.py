"""Two people connected over a case: whoever has the problem, and whoever has the case in hand. While it holds, no bot speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from handoff.case import Case
from handoff.people import Person
from handoff.rulebook import Status
from handoff.rules import Rules

UNSEEN = timedelta(seconds=10)  # as long as somebody may be typing what the other will not hear any more
OVER = (Status.RESOLVED, Status.CLOSED)


@dataclass(frozen=True)
class Bridge:
    """Who talks with whom, and about which case. `owner` owns the conversation: nobody else speaks in it.

    `heard_at` is when one of the two said something last, `ended_by` the id of whoever ended it, or empty.
    """

    id: str
    case: str
    requester: Person
    owner: Person
    opened_at: datetime
    heard_at: datetime
    ended_at: datetime | None = None
    ended_by: str = ""

    @property
    def live(self) -> bool:
        """Whether the two are connected."""
        return self.ended_at is None

    def ended_unseen(self, person: Person, now: datetime) -> bool:
        """Whether it ended so short a while ago that this one may have written before they could read that."""
        return self.ended_at is not None and self.ended_by != person.id and now - self.ended_at < UNSEEN

    def other(self, person: Person) -> Person:
        """Whom this one of the two talks with."""
        return self.requester if person.id == self.owner.id else self.owner

    def quiet_at(self, rules: Rules) -> datetime:
        """When it ends, if neither says anything more."""
        return self.heard_at + timedelta(minutes=rules.life.talk_minutes)

    def holds(self, case: Case) -> bool:
        """Whether it still may, now that the case has changed: the same person has it in hand, and it is not solved."""
        return case.owner is not None and case.owner.id == self.owner.id and case.status not in OVER


@dataclass(frozen=True)
class Ends:
    """What is known of the chats that would be connected: `live` is the bridge that the case has, if any.

    Of each side: whether there is a personal chat, and whether it is not connected already with somebody else.
    """

    live: Bridge | None = None
    requester_reachable: bool = False
    requester_free: bool = True
    owner_reachable: bool = False
    owner_free: bool = True
