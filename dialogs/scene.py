"""What a dialog has at hand in one turn: the rule book, the person, the clock's time, and a voice in their language."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from dialogs.commands import Commands
from dialogs.lookup import Found
from dialogs.parts import Joints
from dialogs.values import Place, State
from dialogs.weigh import Thresholds
from dialogs.words import LANGUAGES, Say, Words
from handoff.bridge import Bridge
from handoff.desks import DeskBook, DeskRow
from handoff.file import File
from handoff.life import Actor
from handoff.people import Person, Tenant
from handoff.rules import Rules


@dataclass(frozen=True)
class Knowledge:
    """What is the same in every turn: read once at start."""

    rules: Rules
    words: Words
    commands: Commands
    thresholds: Thresholds
    joints: Joints
    desks: DeskBook = field(default_factory=DeskBook)


@dataclass(frozen=True)
class Scene:
    """What is particular to this turn.

    `token` and `number` are fresh: a dialog that puts a card on the table, or opens a case, takes them from here. `opened` is
    the number of the case that the pressed button has opened already, or empty. `tenant` is the one that the person acts for,
    `organisations` all that they may choose from (a partner's; their own first), `found` what `dialogs.lookup.wanted` asked for,
    `unanswered` the number of a case in which the person is waited for, or empty. `bridge` is over whom the person talks here, if
    they do; `desk` is the one whose channel this is, if cases are worked here. `place` says who reads along, `account` is what the
    channel calls the person, `bot` what it calls us; `welcomed` says that this conversation has had its welcome. `files` were sent and
    are with no case yet.
    """

    knowledge: Knowledge
    person: Person
    tenant: Tenant
    now: datetime
    token: str
    number: str
    opened: str = ""
    language: str = "en"
    found: Found = field(default_factory=Found)
    organisations: tuple[Tenant, ...] = ()
    unanswered: str = ""
    bridge: Bridge | None = None
    desk: DeskRow | None = None
    place: Place = Place.PERSONAL
    account: str = ""
    bot: str = ""
    welcomed: bool = False
    files: tuple[File, ...] = ()

    @property
    def rules(self) -> Rules:
        """The rule book."""
        return self.knowledge.rules

    @property
    def say(self) -> Say:
        """The voice of this conversation's language."""
        return self.knowledge.words.voice(self.language)

    @property
    def actor(self) -> Actor:
        """The person as one who acts upon the case that was found."""
        return Actor(self.rules, self.person, self.tenant.id, self.found.tenant or self.tenant, self.now)

    @property
    def voices(self) -> list[Say]:
        """Every language's voice, for hearing what was typed in any of them."""
        return [self.knowledge.words.voice(language) for language in LANGUAGES]


def forget(state: State) -> State:
    """The state of a conversation with nothing on the table; its language and whom it speaks for stay."""
    return State(language=state.language, waiting=state.waiting, acting_for=state.acting_for)


def missed(state: State) -> State:
    """One more try in a row that was not understood."""
    return replace(state, misses=state.misses + 1)
