"""From what happened to a case to the messages that tell people of it, ready for the outbox."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from bot.envelope import Handover, Outgoing
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


def handovers(
    case: Case, tenant: Tenant, event: Event, having: Collection[str], refused: Collection[str], scene: Scene
) -> list[Handover]:
    """What each desk is told: those of the case's route, and those `having` it; never the one that it comes from."""
    book = scene.knowledge.desks
    told = book.routes_for(case).told(having, refused)
    return [
        handover_to(desk, case, tenant, event, scene)
        for desk in told
        if desk in book.desks and desk != event.facts.get("desk")
    ]


def handover_to(desk: str, case: Case, tenant: Tenant, event: Event, scene: Scene) -> Handover:
    """What one desk is told. The key is the same whenever and wherever it is made of the same event."""
    del scene
    level = [event.facts["level"]] if "level" in event.facts else []
    key = "-".join((case.number, str(case.revision), event.verb, *level, desk))
    return Handover(key, desk, case, tenant, event)
