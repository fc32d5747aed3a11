"""What a dialog has at hand in one turn: the rule book, the person, the clock's time, and a voice in their language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from dialogs.commands import Commands
from dialogs.values import State
from dialogs.weigh import Thresholds
from dialogs.words import LANGUAGES, Say, Words
from handoff.people import Person, Tenant
from handoff.rules import Rules


@dataclass(frozen=True)
class Knowledge:
    """What is the same in every turn: read once at start."""

    rules: Rules
    words: Words
    commands: Commands
    thresholds: Thresholds


@dataclass(frozen=True)
class Scene:
    """What is particular to this turn.

    `token` and `number` are fresh: a dialog that puts a card on the table, or opens a case, takes them from here. `opened` is
    the number of the case that the pressed button has opened already, or empty.
    """

    knowledge: Knowledge
    person: Person
    tenant: Tenant
    now: datetime
    token: str
    number: str
    opened: str = ""
    language: str = "en"

    @property
    def rules(self) -> Rules:
        """The rule book."""
        return self.knowledge.rules

    @property
    def say(self) -> Say:
        """The voice of this conversation's language."""
        return self.knowledge.words.voice(self.language)

    @property
    def voices(self) -> list[Say]:
        """Every language's voice, for hearing what was typed in any of them."""
        return [self.knowledge.words.voice(language) for language in LANGUAGES]


def forget(state: State) -> State:
    """The state of a conversation with nothing on the table; its language stays."""
    return State(language=state.language, waiting=state.waiting)


def missed(state: State) -> State:
    """One more try in a row that was not understood."""
    return replace(state, misses=state.misses + 1)
