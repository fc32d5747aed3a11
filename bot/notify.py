"""From what happened to a case to the messages that tell people of it, ready for the outbox."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from bot.envelope import Handover, Outgoing
from bot.store import Reached
from dialogs.desk import desk_card
from dialogs.notices import OPENED, notices
from dialogs.scene import Scene
from dialogs.values import Message
from handoff.case import Case
from handoff.effects import ChangeCase, Effect, OpenCase
from handoff.file import File
from handoff.life import Event
from handoff.moves import TALKING
from handoff.people import Tenant
from handoff.rulebook import Status

SHOWS_CARDS = ("teams",)


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
    case: Case,
    tenant: Tenant,
    event: Event,
    having: Collection[str],
    refused: Collection[str],
    scene: Scene,
    sent: Sequence[File] = (),
) -> list[Handover]:
    """What each desk is told: those of the case's route, and those `having` it; never the one that it comes from.

    Who has the case already gets the files that were `sent` with this, who does not gets all files of the case.
    """
    book = scene.knowledge.desks
    told = book.routes_for(case).told(having, refused)
    return [
        handover_to(desk, case, tenant, event, scene, sent if desk in having else scene.found.files)
        for desk in told
        if desk in book.desks and desk != event.facts.get("desk") and (event.verb != TALKING or _shows(desk, scene))
    ]


def handover_to(
    desk: str, case: Case, tenant: Tenant, event: Event, scene: Scene, files: Sequence[File] = ()
) -> Handover:
    """What one desk is told. The key is the same whenever and wherever it is made of the same event."""
    level = [event.facts["level"]] if "level" in event.facts else []
    key = "-".join((case.number, str(case.revision), event.verb, *level, desk))
    return Handover(key, desk, case, tenant, event, _card(desk, case, event, scene), files=tuple(files))


def _card(desk: str, case: Case, event: Event, scene: Scene) -> Message | None:
    """The card for a desk that shows one, in its language."""
    if not _shows(desk, scene):
        return None
    row = scene.knowledge.desks.desks[desk]
    return desk_card(case, event, replace(scene, desk=row, token=f"{scene.token}-{desk}"[:64]))


def _shows(desk: str, scene: Scene) -> bool:
    """Whether a desk shows cards; what two people say to one another is told to no other."""
    row = scene.knowledge.desks.desks.get(desk)
    return row is not None and row.kind in SHOWS_CARDS
