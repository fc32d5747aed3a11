"""Two people connected over a case: what one says the other hears, and the bot keeps silent until one of them ends it.

Where they are connected already, or cannot be, is in `scene.found.ends`; whom this person talks with, in `scene.bridge`.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs import passing
from dialogs.cards.note import note_card
from dialogs.cards.pieces import card, paragraph
from dialogs.cards.talk import connected_card, help_with_talking
from dialogs.deeds import DEEDS
from dialogs.lookup import LISTS
from dialogs.markdown import literal
from dialogs.refusals import words_for
from dialogs.scene import Scene
from dialogs.shown import unknown, visible
from dialogs.values import Incoming, Message, State, Turn
from dialogs.words import Say
from handoff import hands
from handoff.authority import require
from handoff.bridge import OVER, Bridge
from handoff.case import Case
from handoff.effects import ChangeCase, Connect, Disconnect, Speak
from handoff.errors import Refused
from handoff.file import File
from handoff.people import Person

END = "end_talk"
HEARD = (END, "help")  # the commands that are for the bot also while two people talk
# Buttons that do what they say also while two people talk: none of them makes the bot propose anything.
STANDING = ("case", "talk", "packet", "escalate", "submit", "follow_up", "rate", "organisation", "save_organisation")
GO_ON = frozenset({*STANDING, *passing.CONSENTS, passing.GET, *DEEDS, *LISTS})
CLAIMED = ("take", "acknowledge")


def overheard(state: State, incoming: Incoming, scene: Scene) -> Turn | None:
    """What one of two connected people does, if it is for the other, or ends it; None for what the bot has to do itself."""
    bridge = scene.bridge
    if bridge is None or incoming.kind not in ("message", "action"):
        return None
    if not bridge.live:
        return _too_late(state, incoming, bridge, scene)
    command = scene.knowledge.commands.hear(incoming.text) if incoming.kind == "message" else None
    if incoming.verb == END or (command is not None and command.id == END):
        return end(state, bridge, scene)
    if incoming.kind == "action":
        return None if incoming.verb in GO_ON else Turn(state, (help_with_talking(bridge, scene),))
    if command is not None and command.id == "help":
        return Turn(state, (help_with_talking(bridge, scene),))
    return speak(state, incoming, bridge, scene)


def speak(state: State, incoming: Incoming, bridge: Bridge, scene: Scene) -> Turn:
    """Say this to the other one, and offer them the files; it is on the case's record as well."""
    case, words = scene.found.case, _said(incoming)
    if case is None or not words.strip():
        return Turn(state, (Message(scene.say("talk-nothing")),))
    try:
        change = hands.say(scene.actor, case, words)
    except Refused as refusal:
        return Turn(state, (Message(words_for(refusal, scene), private=True),))
    heard = replace(bridge, heard_at=scene.now)
    return Turn(state, (), (ChangeCase(change), Speak(heard, change.event.words, incoming.files)))


def _said(incoming: Incoming) -> str:
    """Their words, and the names of what they sent along."""
    return "\n".join(one for one in (incoming.text.strip(), *(f"📎 {file.name}" for file in incoming.files)) if one)


def end(state: State, bridge: Bridge, scene: Scene) -> Turn:
    """One of the two ends it; the other is told."""
    text = over(bridge, scene.person, "said", scene.say)
    return Turn(state, (Message(text, card(paragraph(text)), replaces=True),), (Disconnect(bridge, "said"),))


def nobody_there(state: State, scene: Scene) -> Turn:
    """There is nothing to end."""
    text = scene.say("talk-nobody")
    return Turn(state, (Message(text, note_card(text), replaces=True),))


def connect(state: State, scene: Scene, claim: Turn | None) -> Turn:
    """ "Talk with them": connect whoever has the case with whoever has the problem. `claim` takes on a case that nobody has."""
    case = visible(scene)
    if case is None:
        return unknown(state, scene)
    if case.owner is None and claim is not None:
        return connecting(claim, scene, asked=True)
    try:
        require(scene.rules, scene.person, scene.tenant.id, "talk", case.subject)
    except Refused as refusal:
        return Turn(state, (Message(words_for(refusal, scene), private=True),))
    hindrance = _hindrance(case, scene)
    if hindrance:
        return Turn(state, (Message(hindrance, private=True),))
    return Turn(state, (Message(scene.say("talk-connecting"), private=True),), (Connect(_bridge(case, scene), case),))


def connecting(turn: Turn, scene: Scene, *, asked: bool = False) -> Turn:
    """A turn in which somebody takes a case on: whoever has the problem is connected with them, if they asked for a person."""
    changes = [one.change for one in turn.effects if isinstance(one, ChangeCase)]
    case = next((one.case for one in changes if one.event.verb in CLAIMED), None)
    if case is None or not (asked or case.wants_a_person) or case.requester.id == scene.person.id:
        return turn
    hindrance = _hindrance(case, scene)
    if hindrance:
        return replace(turn, messages=(*turn.messages, Message(hindrance, private=True)))
    return replace(turn, effects=(*turn.effects, Connect(_bridge(case, scene), case)))


def greeting(bridge: Bridge, person: Person, case: Case, scene: Scene) -> Message:
    """What one of the two is told when they are connected; whoever has the case sees what was said before."""
    text = scene.say("talk-connected", who=named(bridge.other(person), bridge, scene.say), number=case.number)
    return Message(text, connected_card(text, bridge, person, case, scene))


def framed(bridge: Bridge, speaker: Person, words: str, say: Say, files: tuple[File, ...] = ()) -> Message:
    """What one of them says, as the other reads it: who speaks, their words as they are, and the pictures among the files."""
    who = say("talk-frame", who=named(speaker, bridge, say))
    return Message(f"{who} {literal(words)}".replace("\n", "\n\n"), pictures=files)


def shared(bridge: Bridge, speaker: Person, file: File, say: Say) -> Message:
    """A file that one of them sends, as the other is offered it."""
    who = say("share-from", who=named(speaker, bridge, say, plain=True), number=bridge.case)
    return passing.offered(file, bridge.case, who, say)


def over(bridge: Bridge, person: Person, why: str, say: Say) -> str:
    """That it has ended, for one of the two."""
    return say(f"talk-over-{why}", who=named(bridge.other(person), bridge, say), number=bridge.case)


def undelivered(words: str, say: Say) -> Message:
    """For whoever said something that the other never got, because it had ended."""
    return Message(say("talk-undelivered", words=literal(words[:200])))


def named(person: Person, bridge: Bridge, say: Say, *, plain: bool = False) -> str:
    """One of the two by name; whoever has the case also by what they are. `plain` is where no Markdown is read."""
    name = (person.name if plain else literal(person.name)) or say("nobody")
    if person.id != bridge.owner.id:
        return name
    return say("talk-support" if bridge.owner.agent else "talk-administrator", name=name)


def _too_late(state: State, incoming: Incoming, bridge: Bridge, scene: Scene) -> Turn | None:
    """Something that was meant for the other, who had ended it a moment ago: it is no problem to be understood by the bot."""
    unseen = incoming.kind == "message" and bridge.ended_unseen(scene.person, scene.now)
    if not unseen or scene.knowledge.commands.hear(incoming.text):
        return None
    return Turn(state, (undelivered(incoming.text, scene.say),))


def _hindrance(case: Case, scene: Scene) -> str:
    """Why the person of the scene and whoever has the problem cannot be connected, or empty."""
    say, ends = scene.say, scene.found.ends
    if case.requester.id == scene.person.id:
        return say("talk-yourself")
    if case.owner is not None and case.owner.id != scene.person.id:
        return say("talk-others", who=literal(case.owner.name) or say("nobody"), number=case.number)
    if case.status in OVER:
        return say("talk-solved", number=case.number)
    if ends.live is not None and ends.live.owner.id == scene.person.id:
        return say("talk-already", number=case.number)
    reasons = {
        "talk-unreachable": not ends.requester_reachable,
        "talk-write-first": not ends.owner_reachable,
        "talk-they-are-busy": not ends.requester_free,
        "talk-you-are-busy": not ends.owner_free,
    }
    reason = next((id_ for id_, holds in reasons.items() if holds), "")
    return say(reason, number=case.number, who=literal(case.requester.name) or say("nobody")) if reason else ""


def _bridge(case: Case, scene: Scene) -> Bridge:
    return Bridge(scene.token, case.number, case.requester, scene.person, scene.now, scene.now)
