"""The cards around a problem: the welcome, the help, and a short word where a pressed card was."""

from __future__ import annotations

from dialogs.cards.pieces import Piece, card, heading, paragraph, press
from dialogs.markdown import literal
from dialogs.scene import Scene


def note_card(text: str) -> Piece:
    """One sentence, no buttons: what was on the card is over. It may hold somebody's name, and has no Markdown."""
    return card(paragraph(literal(text)))


def help_card(scene: Scene) -> Piece:
    """What one can do here, and what one can type."""
    say = scene.say
    return card(
        heading(say("help-title")),
        paragraph(say("help-text")),
        paragraph(say("help-commands")),
        *([paragraph(say("help-administrators"))] if scene.person.may_submit_a_service_request else []),
        actions=[press(say("button-person"), "person", scene.token)],
    )


def welcome_card(scene: Scene) -> Piece:
    """Who is speaking, what it is good for, and how to begin: shown once, on installation."""
    say = scene.say
    return card(
        heading(say("welcome-title")),
        paragraph(say("welcome-text")),
        paragraph(say("welcome-examples")),
        actions=[press(say("button-person"), "person", scene.token)],
    )
