"""The channel in which a case is worked: its one card, pressed by whoever works there, and what they write in its thread.

Others read along. So what somebody may not do is told to them alone, and nothing is asked, proposed or listed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.cards.agents import agents_card, reminder_card
from dialogs.deeds import DEEDS
from dialogs.markdown import literal
from dialogs.passing import GET, all_offered
from dialogs.phrases import names_of
from dialogs.refusals import words_for
from dialogs.scene import Scene
from dialogs.values import Incoming, Message, State, Turn
from handoff.authority import may, who_may
from handoff.case import Case, Holder
from handoff.effects import ChangeCase
from handoff.errors import NotAllowed, Refused
from handoff.moves import Change, Event
from handoff.people import Person, Role


def works_here(scene: Scene) -> bool:
    """Whether the person works cases like the one that was found: sees it, and not only because it is their own."""
    case, person = scene.found.case, scene.person
    if case is None:
        return False
    support = scene.desk is None or scene.desk.works is Holder.SUPPORT
    works = person.agent if support else person.may_submit_a_service_request
    return works and may(scene.rules, person, scene.tenant.id, "view", case.subject)


def pressed(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """A button of the card in the channel: the card takes its own place for everybody, a refusal is for whoever pressed."""
    case = scene.found.case
    if case is None or not works_here(scene):
        return refused(state, incoming.verb, scene)
    if scene.found.done or incoming.verb not in DEEDS:
        return Turn(state, (shared_card(case, scene, scene.found.events),))
    try:
        change = DEEDS[incoming.verb](scene, case, incoming.values)
    except Refused as refusal:
        return _alone(state, words_for(refusal, scene))
    return changed(state, change, scene, incoming.token)


def written(state: State, text: str, scene: Scene) -> Turn:
    """Words in the thread of a case, to the bot: a remark on the case, which reaches whoever is told of one."""
    case = scene.found.case
    if case is None or not works_here(scene):
        return refused(state, "comment", scene)
    try:
        change = DEEDS["comment"](scene, case, {"words": text})
    except Refused as refusal:
        return _alone(state, words_for(refusal, scene))
    said = scene.say("desk-written", number=case.number)
    return Turn(state, (Message(said),), (ChangeCase(change, ""),))


def files_wanted(state: State, scene: Scene) -> Turn:
    """The files of the case, for whoever pressed, in their own chat: in a channel a bot can send none."""
    case = scene.found.case
    if case is None or not works_here(scene):
        return refused(state, GET, scene)
    if scene.found.ends.owner_reachable:
        return Turn(state, all_offered(case, scene, "share-alone"))
    return _alone(state, scene.say("share-write-first", names=names_of(scene.found.files, scene.say)))


def changed(state: State, change: Change, scene: Scene, key: str) -> Turn:
    """The card after what somebody did there."""
    events = (*scene.found.events, change.event)
    return Turn(state, (shared_card(change.case, scene, events),), (ChangeCase(change, key),))


def refused(state: State, verb: str, scene: Scene) -> Turn:
    """Not for whoever this is; the case stands before them, so that there is nothing to hide but what they may not do."""
    known = verb if verb in scene.rules.authority else "view"
    return _alone(state, words_for(NotAllowed(known, who_may(scene.rules, known)), scene))


def shared_card(case: Case, scene: Scene, events: Sequence[Event], news: str = "") -> Message:
    """The card as all who work there see it."""
    theirs = at_desk(case, scene)
    title = news or theirs.say("case-named", number=case.number)
    card = agents_card(case, theirs, events, scene.found.agents)
    return Message(title, card, replaces=True, case=case.number)


def desk_card(case: Case, event: Event, scene: Scene) -> Message:
    """The card as the channel gets it because of this event, with what happened as its headline."""
    theirs = at_desk(case, scene)
    who, name = event.by.name or theirs.say("nobody"), event.facts.get("name", "")
    news = theirs.say(f"told-{event.verb}", number=case.number, who=who, name=name)
    return shared_card(case, scene, scene.found.events or (event,), news)


def reminder(text: str, on_call: Sequence[tuple[str, str]]) -> Message:
    """That a case waits: for the thread, with those named who are on call (ids and names), so that Teams tells them."""
    return Message(text, reminder_card(text, on_call))


def thread_note(news: str, words: str) -> Message:
    """What somebody said, for the thread: who, and their words as they are."""
    return Message(f"**{literal(news)}**\n\n{literal(words)}".replace("\n", "\n\n").replace("\n\n\n\n", "\n\n"))


def at_desk(case: Case, scene: Scene) -> Scene:
    """The scene of anybody who works at the desk that has this case."""
    support = scene.desk is None or scene.desk.works is Holder.SUPPORT
    anybody = Person("", "", Role.END_USER if support else Role.ADMINISTRATOR, agent=support)
    language = scene.desk.language if scene.desk else scene.language
    found = replace(scene.found, case=case)
    return replace(scene, person=anybody, tenant=scene.found.tenant or scene.tenant, found=found, language=language)


def _alone(state: State, text: str) -> Turn:
    """Something for nobody but whoever pressed or wrote."""
    return Turn(state, (Message(text, private=True),))
