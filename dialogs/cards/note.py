"""A short word in a card's place, where a card was pressed and nothing else follows."""

from __future__ import annotations

from dialogs.cards.pieces import Piece, card, heading, paragraph, press
from dialogs.scene import Scene


def note_card(text: str) -> Piece:
    """One sentence, no buttons: what was on the card is over."""
    return card(paragraph(text))


def welcome_card(scene: Scene) -> Piece:
    """Who is speaking, what it is good for, and how to begin: shown once, on installation."""
    say = scene.say
    return card(
        heading(say("welcome-title")),
        paragraph(say("welcome-text")),
        paragraph(say("welcome-examples")),
        actions=[press(say("button-person"), "person", scene.token)],
    )
