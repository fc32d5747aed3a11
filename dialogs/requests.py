"""From a case to a service request: the form, the request, its text to paste, and a new one that follows a closed one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.cards.cases import cases_card
from dialogs.cards.note import note_card
from dialogs.cards.pieces import excerpt
from dialogs.cards.request import packet_card, request_form
from dialogs.refusals import words_for
from dialogs.scene import Scene
from dialogs.shown import changed, show, unknown, visible
from dialogs.values import Incoming, Message, State, Turn
from handoff.authority import require
from handoff.case import Case, open_case
from handoff.effects import ChangeCase, OpenCase
from handoff.errors import IllegalMove, Refused, Unfit
from handoff.life import Change, Event, comment, legal_moves, submit, submit_at_once
from handoff.packet import FIELD_LENGTH, Packet, packet_from, title_from
from handoff.rulebook import Severity, Status

NAMES_LENGTH = 300  # of those who may submit; there may be many


def form(state: State, scene: Scene) -> Turn:
    """The form that makes a case a service request, filled in with all that was gathered."""
    case = visible(scene)
    if case is None:
        return unknown(state, scene)
    try:
        require(scene.rules, scene.person, scene.tenant.id, "escalate", case.subject)
        if "escalate" not in legal_moves(scene.actor, case):
            raise IllegalMove("escalate", case.status, legal_moves(scene.actor, case))
    except Refused as refusal:
        return show(state, scene, problem=words_for(refusal, scene))
    return _form(state, case, gathered(case, scene.found.events, scene), {}, {}, scene)


def send(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """Submit the form, or show it again with what is wrong and everything that was entered."""
    case = visible(scene)
    if case is None:
        return unknown(state, scene)
    if scene.found.done:
        return show(state, scene)
    values = incoming.values
    packet = packet_from(gathered(case, scene.found.events, scene), values)
    try:
        change = submit(scene.actor, case, packet, values.get("category", ""), values.get("severity", ""))
    except Unfit as unfit:
        return _form(state, case, packet, values, unfit.problems, scene)
    except Refused as refusal:
        return show(state, scene, problem=words_for(refusal, scene))
    return changed(state, change, scene, incoming.token)


def text(state: State, scene: Scene) -> Turn:
    """The request as text, to paste into the admin portal."""
    case = visible(scene)
    if case is None or case.packet is None:
        return unknown(state, scene)
    title = scene.say("packet-text-title", number=case.number)
    return Turn(state, (Message(title, packet_card(case, case.packet, scene), replaces=True),))


def follow_up(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """A new request in place of one that was closed too long ago; it names the old one, and says why."""
    old = visible(scene)
    if old is None:
        return unknown(state, scene)
    if scene.opened:
        told = scene.say("already-opened", number=scene.opened)
        return Turn(state, (Message(told, note_card(told), replaces=True),))
    try:
        change = _following(old, incoming.token, scene)
    except Refused as refusal:
        return show(state, scene, problem=words_for(refusal, scene))
    message = changed(state, change, replace(scene, found=replace(scene.found, events=())), "")
    return replace(message, effects=(OpenCase(change.case, (change.event,)),))


def _following(old: Case, key: str, scene: Scene) -> Change:
    """A case that goes on from an old one, submitted at once. Raises `Refused`, also where the old one may still be reopened."""
    require(scene.rules, scene.person, scene.tenant.id, "follow_up", old.subject)
    moves = legal_moves(scene.actor, old)
    if old.packet is None or old.status is not Status.CLOSED or "reopen" in moves:
        raise IllegalMove("follow_up", old.status, moves)
    why = scene.say("follows-because", number=old.number, days=scene.rules.life.reopen_days)
    case = open_case(
        scene.rules,
        scene.tenant,
        scene.person,
        number=scene.number,
        key=key,
        language=scene.language,
        description=old.description,
        category=old.category,
        severity=old.severity,
        judgement=old.judgement,
        now=scene.now,
        severity_by=old.severity_by,
        follows=old.number,
    )
    packet = replace(old.packet, description=f"{why}\n{old.description}", health="")
    return submit_at_once(scene.actor, case, packet)


def asked_for(state: State, scene: Scene) -> Turn:
    """Somebody typed that they want a service request: an administrator chooses the case, an end user's goes to one."""
    if scene.person.may_submit_a_service_request:
        title = scene.say("escalate-which")
        return Turn(state, (Message(title, cases_card(title, scene.found.cases, scene), replaces=True),))
    may_submit = {*scene.found.administrators, *scene.found.confirmed}
    named = [one.name for one in scene.found.people if one.id in may_submit and one.name]
    who = excerpt(", ".join(named), NAMES_LENGTH)
    told = scene.say("escalate-who", names=who) if who else scene.say("escalate-nobody")
    open_cases = [case for case in scene.found.cases if "comment" in legal_moves(scene.actor, case)]
    if not open_cases:
        told = f"{told} {scene.say('escalate-describe')}"
        return Turn(state, (Message(told, note_card(told), replaces=True),))
    change = comment(scene.actor, open_cases[0], scene.say("escalate-wish"))
    told = f"{told} {scene.say('escalate-passed-on', number=change.case.number)}"
    return Turn(state, (Message(told, note_card(told), replaces=True),), (ChangeCase(change),))


def gathered(case: Case, events: tuple[Event, ...], scene: Scene) -> Packet:
    """What is known of a case already, as a packet: the description with what was added since, who is affected, whom to ask."""
    added = [
        event.words for event in events if event.verb in ("comment", "answer") and event.by.id == case.requester.id
    ]
    tried = [event.words for event in events if event.words and event.by.id not in ("", case.requester.id)]
    answers = case.judgement.answers
    people, work = answers.get("people", ""), answers.get("work", "")
    contacts = dict.fromkeys([scene.person.name, case.requester.name])
    return Packet(
        title=title_from(case.description),
        description="\n".join([case.description, *added]).strip()[:FIELD_LENGTH],
        affected=scene.say(f"answer-people-{people}") if people else "",
        workaround=scene.say(f"answer-work-{work}") if work == "workaround" else "",
        tried="\n".join(tried)[:FIELD_LENGTH],
        contact=", ".join(name for name in contacts if name),
        language=case.language,
    )


def _form(
    state: State, case: Case, packet: Packet, values: Mapping[str, str], problems: Mapping[str, str], scene: Scene
) -> Turn:
    category = values.get("category") or case.category or ""
    severity = values.get("severity") or case.severity or Severity.B
    title = scene.say("request-title", number=case.number)
    card = request_form(case, packet, category, severity, problems, scene)
    return Turn(replace(state, case=case.number), (Message(title, card, replaces=True),))
