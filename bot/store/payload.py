"""Messages and answers as the JSON that is stored, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.envelope import Address, Answer, Outgoing, Upload
from dialogs.values import Citation, Mention, Message, Proposed, Share, Suggestion
from handoff.file import File

# The lists of a message, and what is in them.
LISTS: Mapping[str, Callable[..., Any]] = {"suggestions": Suggestion, "mentions": Mention, "pictures": File}
NEWEST = ("share", "pictures")  # left out where there is none: a replica of the version before ours could not read them


def outgoing_to_json(outgoing: Outgoing) -> dict[str, Any]:
    """Plain JSON values."""
    instead = outgoing.instead and outgoing_to_json(outgoing.instead)
    places = {"address": vars(outgoing.address), "message": _message_to_json(outgoing.message)}
    whole = {**vars(outgoing), **places, "instead": instead, "upload": outgoing.upload and vars(outgoing.upload)}
    return {name: value for name, value in whole.items() if name != "previews"}  # made as it is sent


def outgoing_from_json(stored: Mapping[str, Any]) -> Outgoing:
    """The message that was stored."""
    instead, upload = stored.get("instead"), stored.get("upload")  # what an older version stored has none
    return Outgoing(
        Address(**stored["address"]),
        _message(stored["message"]),
        stored["update"],
        stored["reply_to"],
        stored.get("bridge", ""),
        outgoing_from_json(instead) if instead else None,
        Upload(**upload) if upload else None,
    )


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Plain JSON values."""
    return {"message": answer.message and _message_to_json(answer.message)}


def answer_from_json(stored: Mapping[str, Any]) -> Answer:
    """The answer that was stored."""
    message = stored["message"]
    return Answer(message and _message(message))


def _message_to_json(message: Message) -> dict[str, Any]:
    """Not `asdict`: it would copy every piece of the card, which nobody changes."""
    lists = {name: [vars(one) for one in getattr(message, name)] for name in LISTS}
    proposed = message.proposed
    labelled = proposed and {**vars(proposed), "citations": [vars(one) for one in proposed.citations]}
    share = message.share and {**vars(message.share), "file": vars(message.share.file)}
    whole = {**vars(message), **lists, "proposed": labelled, "share": share}
    return {name: value for name, value in whole.items() if value or name not in NEWEST}


def _message(stored: Mapping[str, Any]) -> Message:
    lists = {name: tuple(kind(**one) for one in stored.get(name, ())) for name, kind in LISTS.items()}
    proposed, share = stored.get("proposed"), stored.get("share")
    parts = {
        "proposed": proposed and proposed_from_json(proposed),
        "share": share and Share(**{**share, "file": File(**share["file"])}),
    }
    return Message(**{**stored, **lists, **parts})


def proposed_from_json(stored: Mapping[str, Any]) -> Proposed:
    """What was proposed with a message that was stored."""
    return Proposed(**{**stored, "citations": tuple(Citation(**one) for one in stored["citations"])})
