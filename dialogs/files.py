"""What is sent along: it belongs to what is on the table, and goes with the case that comes of it."""

from __future__ import annotations

from dataclasses import replace

from dialogs import several
from dialogs.markdown import literal
from dialogs.phrases import names_of
from dialogs.scene import Scene
from dialogs.table import again
from dialogs.values import Incoming, Lost, Message, State, Turn
from dialogs.welcome import tell
from handoff.case import Case
from handoff.effects import ChangeCase, KeepFiles, OpenCase

SPOKEN = frozenset(
    {"comment", "answer", "dispute", "reopen"}
)  # what a person adds to a case, and with it what they sent
# Why a file was not kept; each has its words.
REASONS = ("too-large", "too-many", "kind", "empty", "slow", "unreachable", "elsewhere", "group", "not-stored")
MOST = 20  # files that wait for a case, the newest


def alone(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """Files without a word: more of what is on the table, or of a case if there is one; else the words are asked for."""
    number = state.case or scene.unanswered
    if state.draft is not None:
        return again(state, Turn(state), scene)
    if not incoming.files:
        return Turn(state, (tell(scene.say("no-words"), scene),))
    if number:
        return several.ask_whose(
            state, number, scene.say("files-said", names=names_of(incoming.files, scene.say)), scene
        )
    return Turn(state, (tell(scene.say("files-what"), scene),))


def carried(before: State, incoming: Incoming, turn: Turn, scene: Scene, *, dropped: bool) -> Turn:
    """The turn, with what was sent given to the case that it opens or adds to; else kept for what is on the table, unless that is over.

    `dropped` says that the person has dropped it themselves.
    """
    case = _case(before, turn, scene)
    over = case is None and (dropped or _is_over(before, turn.state))
    held, new = (() if over else before.files), incoming.files
    told = _told(incoming, case, scene) if incoming.kind == "message" else ()
    if not (held or new):
        return replace(turn, messages=told + turn.messages, state=replace(turn.state, files=()))
    if case is not None:
        kept: tuple[KeepFiles, ...] = (KeepFiles(new, held, case.number),)
        return Turn(replace(turn.state, files=()), told + turn.messages, turn.effects + kept)
    kept = (KeepFiles(new),) if new else ()
    return Turn(replace(turn.state, files=(*held, *new)[-MOST:]), told + turn.messages, turn.effects + kept)


def spoken(incoming: Incoming, turn: Turn, scene: Scene) -> Turn:
    """The turn in which one of two connected people said something: what they sent goes to their case, what was lost is said."""
    lost = tuple(Message(_lost(one, scene)) for one in incoming.lost)
    if incoming.files and scene.bridge is not None and turn.effects:
        return replace(
            turn,
            messages=lost + turn.messages,
            effects=(*turn.effects, KeepFiles(incoming.files, (), scene.bridge.case)),
        )
    return replace(turn, messages=lost + turn.messages)


def _told(incoming: Incoming, case: Case | None, scene: Scene) -> tuple[Message, ...]:
    """What was kept, and what was not, with its reason."""
    lines = []
    if incoming.files:
        names = names_of(incoming.files, scene.say)
        lines.append(
            scene.say("files-with-case", names=names, number=case.number)
            if case
            else scene.say("files-kept", names=names)
        )
    lines += [_lost(one, scene) for one in incoming.lost]
    return (Message("\n\n".join(lines)),) if lines else ()


def _lost(one: Lost, scene: Scene) -> str:
    name = literal(one.name) or scene.say("file-nameless")
    return scene.say("file-lost", name=name, reason=scene.say(f"file-lost-{one.reason}", limit=one.limit))


def _case(before: State, turn: Turn, scene: Scene) -> Case | None:
    """The case that the turn opens, or that this person adds words to while no other problem is on the table."""
    for effect in turn.effects:
        if isinstance(effect, OpenCase):
            return effect.case
        if isinstance(effect, ChangeCase) and before.draft is None and effect.change.event.verb in SPOKEN:
            return effect.change.case if effect.change.event.by.id == scene.person.id else None
    return None


def _is_over(before: State, after: State) -> bool:
    """Whether what was on the table is gone, or another problem has taken its place: files of the one are none of the other."""
    if before.draft is None:
        return False
    if after.draft is None:
        return after.asked not in ("whose", "tenant")
    old, new = before.draft.text, after.draft.text
    return not (new.startswith(old) or new in old)
