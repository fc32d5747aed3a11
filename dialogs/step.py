"""One step of a conversation: state and what came in, to state, messages and effects. Pure.

Help, cancel, a person and the language are heard here, once, before any dialog; then what is on the table decides who answers.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs import desk, escalation, feedback, files, group, organisation, passing, talk, welcome
from dialogs.buttons import claiming, pressed
from dialogs.commands import Command
from dialogs.prompts import typed_answer
from dialogs.scene import Scene
from dialogs.steer import commanded
from dialogs.understand import Readings, written
from dialogs.values import Incoming, Place, State, Turn
from dialogs.words import LANGUAGES
from handoff.people import Role

DROPS = frozenset({"cancel", "start_over"})
ENOUGH_WORDS = 5  # a text of fewer tells too little of its language to leave the one that is spoken


def step(state: State, incoming: Incoming, read: Readings, scene: Scene) -> Turn:
    """Take one step. `read` are the readings of all that `texts_to_judge` asks for, by their texts."""
    command = _commanded_in(state, incoming, scene)
    talks = scene.bridge is not None and scene.bridge.live
    command = None if talks and command and command.id not in talk.HEARD else command
    speaks = {} if talks or scene.desk else read  # what is said to somebody else changes no language here
    state = replace(state, language=_language(state, incoming, speaks, command.language if command else ""))
    scene = _for_its_tenant(replace(scene, language=state.language))
    said = talk.overheard(state, incoming, scene)
    turn = files.spoken(incoming, said, scene) if said else _answered(state, incoming, command, read, scene)
    return group.moved(turn, scene) if scene.place is Place.MOVED else turn


def _answered(state: State, incoming: Incoming, command: Command | None, read: Readings, scene: Scene) -> Turn:
    """What the bot has to do itself, by where it was said."""
    if incoming.kind == "extension":
        return escalation.asked(state, incoming, read, scene)
    if incoming.kind == "feedback":
        return feedback.rated(state, incoming, scene)
    if scene.desk and incoming.kind in ("message", "action"):
        return _at_the_desk(state, incoming, scene)
    if scene.place in group.OTHERS_READ:
        return group.answer(state, incoming, command, scene)
    return _taken(state, incoming, command, read, scene)


def _taken(state: State, incoming: Incoming, command: Command | None, read: Readings, scene: Scene) -> Turn:
    """What is said to the bot alone, by what it is."""
    if incoming.kind == "arrival":
        return _arrived(state, scene)
    if incoming.kind == "departure":
        return Turn(State(language=state.language))
    if incoming.kind == "edit":
        return welcome.edited(state, scene)
    scene = replace(scene, files=(*state.files, *incoming.files))
    dropped = (command.id if command else incoming.verb) in DROPS
    return files.carried(state, incoming, _done(state, incoming, command, read, scene), scene, dropped=dropped)


def _done(state: State, incoming: Incoming, command: Command | None, read: Readings, scene: Scene) -> Turn:
    """What was written or pressed, done."""
    if incoming.kind == "action":
        return pressed(state, incoming, read, scene)
    if command:
        return commanded(state, command.id, scene)
    if (incoming.files or incoming.lost) and not incoming.text.strip():
        return files.alone(state, incoming, scene)
    return written(state, incoming.text, read, scene)


def _at_the_desk(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """In the channel where a case is worked: its card, and words in its thread."""
    if incoming.kind == "message":
        return desk.written(state, incoming.text, scene)
    if incoming.verb == passing.GET:
        return desk.files_wanted(state, scene)
    if incoming.verb != "talk":
        return talk.connecting(desk.pressed(state, incoming, scene), scene)
    if not desk.works_here(scene):
        return desk.refused(state, incoming.verb, scene)
    return talk.connect(state, scene, desk.pressed(state, claiming(incoming, scene), scene))


def _for_its_tenant(scene: Scene) -> Scene:
    """A partner who opens a case of another customer of theirs acts for that customer while they have it in hand."""
    theirs = scene.found.tenant
    if theirs is None or theirs.id == scene.tenant.id or theirs not in scene.organisations[1:]:
        return scene
    return replace(scene, tenant=theirs, person=replace(scene.person, role=Role.PARTNER))


def _language(state: State, incoming: Incoming, read: Readings, commanded: str) -> str:
    """The language to answer in: the one just written where the text tells, else the one spoken so far, else the client's."""
    told = read.get(incoming.text) if incoming.kind == "message" and not commanded else None
    written = told.language if told else ""
    if state.language and len(incoming.text.split()) < ENOUGH_WORDS:
        written = ""
    client = incoming.client_language
    return commanded or written or state.language or (client if client in LANGUAGES else "") or LANGUAGES[0]


def _commanded_in(state: State, incoming: Incoming, scene: Scene) -> Command | None:
    """The command that was typed; but what answers the question that is asked is its answer."""
    command = scene.knowledge.commands.hear(incoming.text) if incoming.kind == "message" else None
    if command is None or state.asked not in scene.rules.questions:
        return command
    answers = command.id in ("yes", "no") or typed_answer(incoming.text, state.asked, scene) is not None
    return None if answers else command


def _arrived(state: State, scene: Scene) -> Turn:
    """The bot was installed: the one welcome, and for who may speak for several organisations the choice."""
    if scene.welcomed:
        return Turn(state)
    turn = welcome.arrive(state, scene)
    if not scene.organisations:
        return turn
    choice = organisation.choose(state, "", scene)
    return replace(choice, messages=turn.messages + choice.messages)
