"""Messages and answers as the JSON that is stored, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.envelope import Address, Answer, Outgoing
from dialogs.values import Citation, Message, Proposed, Suggestion


def outgoing_to_json(outgoing: Outgoing) -> dict[str, Any]:
    """Plain JSON values."""
    return {**vars(outgoing), "address": vars(outgoing.address), "message": _message_to_json(outgoing.message)}


def outgoing_from_json(stored: Mapping[str, Any]) -> Outgoing:
    """The message that was stored."""
    return Outgoing(Address(**stored["address"]), _message(stored["message"]), stored["update"], stored["reply_to"])


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Plain JSON values."""
    return {"message": answer.message and _message_to_json(answer.message)}


def answer_from_json(stored: Mapping[str, Any]) -> Answer:
    """The answer that was stored."""
    message = stored["message"]
    return Answer(message and _message(message))


def _message_to_json(message: Message) -> dict[str, Any]:
    """Not `asdict`: it would copy every piece of the card, which nobody changes."""
    proposed = message.proposed
    return {
        **vars(message),
        "suggestions": [vars(suggestion) for suggestion in message.suggestions],
        "proposed": proposed and {**vars(proposed), "citations": [vars(one) for one in proposed.citations]},
    }


def _message(stored: Mapping[str, Any]) -> Message:
    suggestions = tuple(Suggestion(**one) for one in stored["suggestions"])
    proposed = stored.get("proposed")
    return Message(**{**stored, "suggestions": suggestions, "proposed": proposed and proposed_from_json(proposed)})


def proposed_from_json(stored: Mapping[str, Any]) -> Proposed:
    """What was proposed with a message that was stored."""
    return Proposed(**{**stored, "citations": tuple(Citation(**one) for one in stored["citations"])})
