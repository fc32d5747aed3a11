"""Telling people that a case has changed: each in their own language, with what they may do about it on the card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dialogs.cards.survey import survey_card
from dialogs.lookup import Found
from dialogs.scene import Scene
from dialogs.shown import card_of
from dialogs.values import Message
from handoff.case import Case
from handoff.life import Event
from handoff.people import Person, Role, Tenant
from handoff.rulebook import Audience
from handoff.rules import Rules

OPENED = "opened"
UNTOLD = (OPENED, "warning", "missed", "unclaimed")  # what the whole card tells
DESK_EVENTS = ("rerouted", "undelivered", "unwanted")  # what became of a case on its way to a desk


@dataclass(frozen=True)
class Recipient:
    """Somebody who may have to be told: who, as what, in which language."""

    person: Person
    audience: Audience
    language: str


def audiences(rules: Rules, case: Case, verb: str) -> tuple[Audience, ...]:
    """Who is told of this: by the rule book for a move; of a new case and of its alarms, those who have it in hand."""
    holders = (Audience.AGENTS,) if case.with_support else (Audience.ADMINISTRATORS,)
    if verb in (OPENED, "warning", "unclaimed", *DESK_EVENTS):
        return holders
    if verb == "missed":
        return (Audience.ADMINISTRATORS, Audience.AGENTS)
    told = rules.moves[verb].tell
    return tuple(one for one in told if one is not Audience.AGENTS or case.with_support)


def notices(
    case: Case, tenant: Tenant, event: Event, recipients: Iterable[Recipient], scene: Scene
) -> list[tuple[Recipient, Message]]:
    """One message for each who is told; whoever did it is not, and nobody is told twice.

    Each card has a token of its own: what one of them presses says nothing about the others.
    """
    told: dict[str, tuple[Recipient, Message]] = {}
    wanted = audiences(scene.rules, case, event.verb)
    for recipient in sorted(recipients, key=lambda one: list(Audience).index(one.audience)):
        if recipient.audience in wanted and recipient.person.id not in (event.by.id, *told):
            own = replace(scene, token=f"{scene.token}-{len(told) + 1}")
            told[recipient.person.id] = (recipient, _message(case, tenant, event, recipient, own))
    return list(told.values())


def seen_by(recipient: Recipient, found: Found, tenant: Tenant, scene: Scene) -> Scene:
    """The scene of somebody else, who is told of a case."""
    person = recipient.person
    elsewhere = person.agent or person.role is Role.PARTNER  # who works for several is told for which this is
    return replace(
        scene,
        person=person,
        language=recipient.language,
        tenant=tenant,
        found=found,
        organisations=(tenant,) if elsewhere else (),
        desk=None,
    )


def _message(case: Case, tenant: Tenant, event: Event, recipient: Recipient, scene: Scene) -> Message:
    """The card that this recipient gets: the survey for the requester of a closed case, else the case as it has become."""
    theirs = seen_by(
        recipient, Found(case=case, tenant=tenant, agents=scene.found.agents, files=scene.found.files), tenant, scene
    )
    say = theirs.say
    who = event.by.name or say("nobody")
    news = say(f"told-{event.verb}", number=case.number, who=who, name=event.facts.get("name", ""))
    if event.verb in ("confirm", "expire") and recipient.audience is Audience.REQUESTER:
        return Message(news, survey_card(case, theirs, news))
    events: Sequence[Event] = (event,) if event.verb not in UNTOLD else ()
    if recipient.person.agent and case.with_support:  # who works it reads all of it
        events = scene.found.events or events
    return Message(news, card_of(case, theirs, events, news), case=case.number)
