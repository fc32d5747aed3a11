"""The small talk around a problem: greeting, help, thanks, nothing on the table any more."""

from __future__ import annotations

from dataclasses import replace

from dialogs.cards.note import help_card, note_card, welcome_card
from dialogs.markdown import literal
from dialogs.scene import Scene, forget
from dialogs.values import Message, State, Suggestion, Turn

STARTERS = ("mail", "sign_in", "licences")  # the prompts that Teams offers in a personal chat as well


def arrive(state: State, scene: Scene) -> Turn:
    """The one welcome, on installation, with something to begin with."""
    starters = tuple(
        Suggestion(scene.say(f"app-prompt-{one}"), scene.say(f"app-prompt-{one}-text")) for one in STARTERS
    )
    return Turn(state, (Message(scene.say("welcome-title"), welcome_card(scene), starters),))


def greet(state: State, scene: Scene) -> Turn:
    """A greeting is answered with the question that matters."""
    return Turn(state, (tell(scene.say("greeting", name=literal(scene.person.name)), scene),))


def helping(state: State, scene: Scene) -> Turn:
    """What one can do here, without losing what is on the table."""
    return Turn(state, (Message(scene.say("help-title"), help_card(scene)),))


def thank(state: State, scene: Scene) -> Turn:
    """Thanks are answered, and end what was on the table only if nothing is being asked."""
    return Turn(state, (Message(scene.say("you-are-welcome")),))


def cancel(state: State, scene: Scene) -> Turn:
    """Drop what is on the table, and say that nothing was opened."""
    id_ = "cancelled" if state.draft else "nothing-to-cancel"
    return Turn(forget(state), (note(scene.say(id_)),))


def start_over(state: State, scene: Scene) -> Turn:
    """Drop what is on the table and ask again."""
    return Turn(forget(state), (tell(scene.say("start-over"), scene),))


def speak(state: State, language: str, scene: Scene) -> Turn:
    """Go on in another language."""
    return Turn(replace(state, language=language), (Message(scene.say("language-changed")),))


def edited(state: State, scene: Scene) -> Turn:
    """A message was changed after it was read."""
    return Turn(state, (Message(scene.say("edited")),))


def tell(text: str, scene: Scene) -> Message:
    """A text with the way to a person beside it."""
    return Message(text, suggestions=(Suggestion(scene.say("button-person"), scene.say("person-command")),))


def note(text: str) -> Message:
    """A text that takes the place of the pressed card, if there was one."""
    return Message(text, note_card(text), replaces=True)
