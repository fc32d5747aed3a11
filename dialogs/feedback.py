"""A thumb under a proposal, with or without a reason: put on record for the operators."""

from __future__ import annotations

from dialogs.scene import Scene
from dialogs.values import Incoming, State, Turn
from handoff.effects import RecordFeedback

REACTIONS = ("like", "dislike")
LONGEST = 4_000


def rated(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """Record it; what is no thumb, or is under no message, is let pass. Nothing is said: Teams thanks by itself."""
    message, reaction = incoming.values.get("message", ""), incoming.values.get("reaction", "")
    if not message or reaction not in REACTIONS:
        return Turn(state)
    about = scene.found.proposed
    reason = incoming.values.get("reason", "").strip()[:LONGEST]
    known = (about.token, about.category, about.model) if about else ("", "", "")
    return Turn(state, (), (RecordFeedback(message, reaction, reason, *known),))
