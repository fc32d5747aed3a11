"""From what happened to a case to the messages that tell people of it, ready for the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.envelope import Outgoing
from bot.store import Reached
from dialogs.notices import OPENED, notices
from dialogs.scene import Scene
from handoff.case import Case
from handoff.effects import ChangeCase, Effect, OpenCase
from handoff.life import Event
from handoff.people import Tenant
from handoff.rulebook import Status


def happened(effects: Iterable[Effect]) -> Iterator[tuple[Case, Event]]:
    """The cases that these effects open or change, each with what there is to tell of it."""
    for effect in effects:
        if isinstance(effect, OpenCase):
            case = effect.case
            yield case, Event(case.number, OPENED, case.requester, case.opened_at, Status.NEW)
        elif isinstance(effect, ChangeCase):
            yield effect.change.case, effect.change.event


def letters(case: Case, tenant: Tenant, event: Event, reached: Sequence[Reached], scene: Scene) -> list[Outgoing]:
    """A message to everybody who is to be told, in their personal chat."""
    addresses = {one.recipient.person.id: one.address for one in reached}
    told = notices(case, tenant, event, [one.recipient for one in reached], scene)
    return [Outgoing(addresses[recipient.person.id], message) for recipient, message in told]
