"""The bot as the SDK sees it: each activity that asks something of us is handed to the turn."""

from __future__ import annotations

from typing import Any

from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext

from bot.channel.botframework.activity import EXECUTE, to_envelope
from bot.channel.botframework.consent import CONSENT, consented
from bot.channel.botframework.extension import asked
from bot.channel.botframework.invokes import ANSWERS, CLOSED
from bot.channel.botframework.outgoing import CARD
from bot.channel.botframework.signin import NAMES, sign_in, unknown
from bot.envelope import Answer, Take

TEXT = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


class Handler(ActivityHandler):  # type: ignore[misc] # the SDK has no types
    """Knows which activities matter; `take` knows what to do about them.

    People are greeted on `installationUpdate` only: Teams sends a `conversationUpdate` for the same arrival as well.
    """

    def __init__(self, take: Take) -> None:
        self._take = take

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Somebody wrote, or pressed a button of a client that knows no `Action.Execute`."""
        await self._hand_over(turn_context)

    async def on_message_update_activity(self, turn_context: TurnContext) -> None:
        """Somebody changed what they had written."""
        await self._hand_over(turn_context)

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        """Somebody installed the bot, or removed it."""
        await self._hand_over(turn_context)

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        """Somebody pressed a button, or used the bot from another chat, and waits; sign-in is declined, other invokes are not for us."""
        name = turn_context.activity.name
        if name in NAMES:
            return sign_in(turn_context.activity)
        if name in ANSWERS:
            return InvokeResponse(status=200, body=ANSWERS[name](await self._take(asked(turn_context.activity))))
        if name == CONSENT:
            return consent_taken(await self._take(consented(turn_context.activity)))
        if name in CLOSED:
            return InvokeResponse(status=200, body=CLOSED[name])
        if name != EXECUTE:
            return unknown(turn_context.activity)
        answer = await self._hand_over(turn_context)
        return InvokeResponse(status=200, body=malformed() if answer is None else to_body(answer))

    async def _hand_over(self, turn_context: TurnContext) -> Answer | None:
        envelope = to_envelope(turn_context.activity)
        return None if envelope is None else await self._take(envelope)


def to_body(answer: Answer) -> dict[str, Any]:
    """Return the response to a pressed `Action.Execute`: the card that takes its card's place, or a text."""
    message = answer.message
    if message is not None and message.card is not None:
        return {"statusCode": 200, "type": CARD, "value": message.card}
    return {"statusCode": 200, "type": TEXT, "value": message.text if message else ""}


def consent_taken(answer: Answer) -> InvokeResponse:
    """Return the response to an answered offer of a file: it has no body to say anything in, and is for what is recorded.

    What the turn has to say comes as a message; an answer that has one is that the turn is not done, or could not be: Teams asks again.
    """
    return InvokeResponse(status=200 if answer.message is None else 503)


def malformed() -> dict[str, Any]:
    """Return the response to a value that no card of ours can send. Teams wants it with HTTP 200."""
    return {
        "statusCode": 400,
        "type": ERROR,
        "value": {"code": "BadRequest", "message": "value.action is not an Action.Execute"},
    }
