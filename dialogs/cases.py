"""Cases that exist: seen, listed, and changed by whoever may."""

from __future__ import annotations

from dataclasses import replace

from dialogs.cards.cases import cases_card
from dialogs.cards.note import note_card
from dialogs.deeds import DEEDS
from dialogs.lookup import Listing
from dialogs.phrases import organisation_name
from dialogs.refusals import words_for
from dialogs.scene import Scene
from dialogs.shown import changed, show, unknown, visible
from dialogs.values import Incoming, Message, State, Turn
from handoff.authority import Subject, may, who_may
from handoff.errors import NotAllowed, Refused
from handoff.rulebook import Status

SEE = {"first_line": "see_tenant_cases", "requests": "see_service_requests"}


def do(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """Make the move that a button stands for; a second press of the same button shows what the first one did."""
    case = visible(scene)
    if case is None:
        return unknown(state, scene)
    if scene.found.done:
        return show(state, scene)
    try:
        change = DEEDS[incoming.verb](scene, case, incoming.values)
    except Refused as refusal:
        return show(state, scene, problem=words_for(refusal, scene))
    return changed(state, change, scene, incoming.token)


def listing(state: State, which: Listing, scene: Scene) -> Turn:
    """A list of cases, for whoever may see it."""
    verb = SEE.get(which)
    if verb and not may(scene.rules, scene.person, scene.tenant.id, verb, Subject(scene.tenant.id, request=True)):
        return refused(state, NotAllowed(verb, who_may(scene.rules, verb)), scene)
    title = scene.say(f"cases-{which}", name=organisation_name(scene.tenant, scene))
    return Turn(state, (Message(title, cases_card(title, scene.found.cases, scene), replaces=True),))


def solved(state: State, scene: Scene) -> Turn:
    """ "Solved", typed: the one case that is open is meant; of several, or none, the list is shown."""
    open_cases = [case for case in scene.found.cases if case.status is not Status.CLOSED]
    if len(open_cases) != 1:
        return listing(state, "mine", scene)
    scene = replace(scene, found=replace(scene.found, case=open_cases[0]))
    return do(state, Incoming("action", verb="confirm", token=scene.token), scene)


def refused(state: State, refusal: Refused, scene: Scene) -> Turn:
    """A refusal that belongs to no case."""
    text = words_for(refusal, scene)
    return Turn(state, (Message(text, note_card(text), replaces=True),))
