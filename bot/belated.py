"""An answer that comes after its caller was told to wait: what was said meanwhile, what is still worth telling, and where. Pure."""

from __future__ import annotations

from bot.envelope import Answer, Envelope, Outgoing
from bot.outcome import only_looks
from bot.place import desk_at
from dialogs.scene import Knowledge
from dialogs.values import Incoming, Message
from dialogs.words import Say

OPENING = frozenset({"send", "wrong"})  # the buttons of a window that may open a case


def meanwhile(envelope: Envelope, say: Say) -> Message:
    """What is answered in time. It says where to look, and never that anything was recorded: that is not known yet."""
    if not _is_awaited(envelope.incoming):
        return Message(say("late-again"))
    return Message(say("late-elsewhere" if envelope.address.group else "late-here"))


def still_to_tell(incoming: Incoming, answer: Answer, say: Say) -> Message | None:
    """What the person has to hear all the same, or None.

    A look that came to nothing is taken again by whoever still wants to see; what another turn has answered is told by that one. A
    window is gone: of a case that it opened its turn has told already, and that it had a question is all that can be said of that.
    """
    message = answer.message
    if message is None or answer.again or not _is_awaited(incoming):
        return None
    if incoming.kind == "action":
        return message
    if message.dialog:
        return Message(say("late-window"))
    return None if message.card is not None else message


def may_stay(envelope: Envelope, message: Message, knowledge: Knowledge) -> bool:
    """Whether nobody reads it there who should not: what answers a button in a group is for whoever pressed, but for a desk's card."""
    if not envelope.address.group:
        return True
    is_shared = bool(message.case) and message.card is not None and bool(envelope.card)
    return is_shared and desk_at(envelope.address, knowledge) is not None


def in_place(envelope: Envelope, message: Message) -> Outgoing:
    """The message where the button is: a card takes the pressed one's place, a text stands beside it and its buttons."""
    return Outgoing(envelope.address, message, envelope.card if message.card is not None else "", envelope.answers)


def _is_awaited(incoming: Incoming) -> bool:
    """Whether something may come of it that the person has to know: not of a look, a thumb, or a window that only opens or goes back."""
    if incoming.kind == "extension":
        return incoming.verb in OPENING
    return incoming.kind == "action" and not only_looks(incoming)
