"""Files of a case, passed on to whoever may see it: offered in their own chat, and given when they have said where to."""

from __future__ import annotations

from dialogs.cards.note import note_card
from dialogs.markdown import literal
from dialogs.phrases import names_of
from dialogs.scene import Scene
from dialogs.shown import unknown, visible
from dialogs.values import Incoming, Message, Share, State, Turn
from dialogs.words import Say
from handoff.case import Case
from handoff.file import File

GET, TAKE, LEAVE = "files", "take_file", "leave_file"  # the button of a case, and the answers to an offer
CONSENTS = (TAKE, LEAVE)


def offered(file: File, case: str, about: str, say: Say) -> Message:
    """A file, for somebody to take or to leave, in their own chat; `about` says whose it is."""
    text = say("share-offer", name=file.name, number=case)  # for a notification, which reads no Markdown
    return Message(text, private=True, share=Share(case, file, about))


def all_offered(case: Case, scene: Scene, words: str) -> tuple[Message, ...]:
    """All files of the case that was found, each offered, and before them `words`, the id of what is said of them."""
    files, number = scene.found.files, case.number
    told = scene.say(
        words if files else "share-none", number=number, count=len(files), names=names_of(files, scene.say)
    )
    about = scene.say("share-about", number=number)
    return (Message(told, private=True), *(offered(one, number, about, scene.say) for one in files))


def get(state: State, scene: Scene) -> Turn:
    """Somebody wants the files of a case."""
    case = visible(scene)
    return unknown(state, scene) if case is None else Turn(state, all_offered(case, scene, "share-here"))


def answered(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """Somebody takes a file that they were offered, or leaves it: what they may not see any more they do not get."""
    case, id_ = visible(scene), incoming.values.get("file", "")
    file = next((one for one in scene.found.files if one.id == id_), None)
    if case is None:
        return unknown(state, scene)
    if file is None:
        text = scene.say("share-gone", number=case.number)
        return Turn(state, (Message(text, note_card(text), replaces=True),))
    taken = incoming.verb == TAKE
    text = scene.say("share-coming" if taken else "share-left", name=file.name, number=case.number)
    told = Message(text, note_card(text), replaces=True)
    given = Message(file.name, share=Share(case.number, file))
    return Turn(state, (told, given) if taken else (told,))


def not_given(share: Share, say: Say) -> Message:
    """For whoever took a file that could not be put where they said."""
    return Message(say("share-failed", name=literal(share.file.name), number=share.case))
