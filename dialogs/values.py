"""The words the conversation is made of: what comes in, what goes out, and what is remembered between the two.

Every value here is frozen and plain, so that a turn can be printed, stored as JSON, replayed and property-tested.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from handoff.effects import Effect
from handoff.file import File

Card = Mapping[str, Any]
Kind = Literal["message", "action", "arrival", "departure", "edit", "extension", "feedback"]

STATE_VERSION = 3


@dataclass(frozen=True)
class Lost:
    """A file that could not be kept. `reason` is the id of a text (`file-lost-…`), `limit` the number in it."""

    name: str
    reason: str
    limit: int = 0


class Place(StrEnum):
    """Where a step is taken, and what became of what was said where others read along."""

    PERSONAL = "personal"
    MOVED = "moved"  # in the personal chat, about what was said in a group
    ALOUD = "aloud"  # in a group, about what everybody may hear
    WRITTEN = "written"  # in a group, after it was answered in the personal chat
    CLOSED = "closed"  # in a group, about what should be answered in a personal chat that cannot be opened


@dataclass(frozen=True)
class Incoming:
    """What a person did: they wrote (`message`), pressed a button of a card (`action`), installed the bot (`arrival`) or removed
    it (`departure`), changed what they had written (`edit`), used it from another chat (`extension`: `verb` is `propose`, `send` or
    `search`), or put a thumb under what it said (`feedback`).

    `verb` and `token` come from the pressed button; `values` are the card's inputs, all of them strings.
    `locale` is what the channel believes the person reads (BCP 47), or empty. `files` came with it and are kept, `lost` are not.
    """

    kind: Kind
    text: str = ""
    verb: str = ""
    token: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    locale: str = ""
    files: tuple[File, ...] = ()
    lost: tuple[Lost, ...] = ()

    @property
    def client_language(self) -> str:
        """The language of their client, which may be one that is not served, or empty."""
        return self.locale[:2].lower()


@dataclass(frozen=True)
class Suggestion:
    """A short answer offered as a button under a message; pressing it sends `text` as if it were typed."""

    title: str
    text: str


@dataclass(frozen=True)
class Mention:
    """Somebody whom a text names as `<at>name</at>`, so that the channel tells them. `id` is what the channel calls them."""

    id: str
    name: str


@dataclass(frozen=True)
class Citation:
    """A page that a proposal rests on or leads to."""

    name: str
    url: str
    about: str


@dataclass(frozen=True)
class Proposed:
    """What a program proposed, so that it is labelled as such and can be rated: the card's token, the category, the model."""

    token: str
    category: str
    model: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Share:
    """A file of a case, for whoever reads the message: offered, or, once they have said where to, given. `about` says whose it is."""

    case: str
    file: File
    about: str = ""


@dataclass(frozen=True)
class Message:
    """What the bot says: a text, or a card with `text` as its one-line summary for the notification.

    `replaces` asks that it take the place of the card that was pressed; `dialog` that it be shown in a window over the chat. `case` is
    the number of the case whose card it shows, which is kept true wherever it was sent. A `private` one is for nobody but the person who
    acted: in a group it goes to their own chat. `mentions` are those whom the text mentions. `proposed` says that it holds what a program
    made of somebody's words; a plain notice has none. `share` is a file that comes with it; `pictures`
    are of the case as well, and shown small where that is possible.
    """

    text: str = ""
    card: Card | None = None
    suggestions: tuple[Suggestion, ...] = ()
    replaces: bool = False
    case: str = ""
    private: bool = False
    mentions: tuple[Mention, ...] = ()
    dialog: bool = False
    proposed: Proposed | None = None
    share: Share | None = None
    pictures: tuple[File, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What the classifier makes of one text.

    `categories` and `severities` map each label to its probability. `clarity` is the probability that the text says enough to
    have a label at all (ruling 16). `words` moved the category, `cues` (family, words) the severity. `language` is one that is
    served, or empty where the text does not tell. `outlier` is higher for what is more foreign to all that was learned; `choices`
    hold the right category as often as promised, most likely first. `lines` replace thresholds, by name, where the model reads
    with a part of itself only.
    """

    text: str
    categories: Mapping[str, float]
    severities: Mapping[str, float]
    clarity: float
    words: tuple[str, ...]
    cues: Mapping[str, str]
    language: str
    model: str
    outlier: float = 0.0
    choices: tuple[str, ...] = ()
    lines: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """A problem on its way to become a case: what was said, what is believed of it, what was answered.

    `severity_by` is a `handoff.case.Decider`: a severity that a person set is not asked about any more. `token` is the one-time
    token of the card on the table: pressing a button of an older card changes nothing. `author` and `link` are those of the message
    of a chat that it began with, if it did.
    """

    text: str
    token: str = ""
    category: str | None = None
    proposed_category: str | None = None
    confidence: float | None = None
    alternatives: tuple[str, ...] = ()
    severity: str | None = None
    proposed_severity: str | None = None
    severity_by: str = "classifier"
    levels: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    cues: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    model: str = ""
    author: str = ""
    link: str = ""


@dataclass(frozen=True)
class State:
    """What a conversation remembers. Disposable: a version that is not ours is dropped, and no case is lost by it.

    `asked` is what the bot waits for (empty, `detail`, `category`, `people`, `work`, `proposal`, `redirect`, `several`,
    `whose`: whether what was `said` belongs to the `case` on the table, `tenant`: for which organisation a partner speaks);
    `misses` counts the tries in a row that were not understood. `later` are the other problems of one message, in turn.
    `waiting` is the case by which a person was asked for, if one was. `acting_for` is the tenant a partner has chosen. `files` were
    sent and go with the next case that is opened or added to.
    """

    language: str = ""
    asked: str = ""
    misses: int = 0
    draft: Draft | None = None
    later: tuple[Draft, ...] = ()
    case: str = ""
    said: str = ""
    waiting: str = ""
    acting_for: str = ""
    files: tuple[File, ...] = ()
    v: int = STATE_VERSION

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            **vars(self),
            "draft": self.draft and {**vars(self.draft)},
            "later": [{**vars(one)} for one in self.later],
            "files": [{**vars(one)} for one in self.files],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> State:
        """The state that was stored; a new one when there is none, or when another version wrote it."""
        if not stored or stored.get("v") != STATE_VERSION:
            return cls()
        draft = stored.get("draft")
        later = tuple(_draft_from_json(one) for one in stored.get("later", ()))
        files = tuple(File(**one) for one in stored.get("files", ()))
        return cls(**{**stored, "draft": draft and _draft_from_json(draft), "later": later, "files": files})


@dataclass(frozen=True)
class Turn:
    """What one step decides: what is remembered, what is said, what happens."""

    state: State
    messages: tuple[Message, ...] = ()
    effects: tuple[Effect, ...] = ()


def _draft_from_json(stored: Mapping[str, Any]) -> Draft:
    lists = {name: tuple(stored[name]) for name in ("alternatives", "levels", "words")}
    return Draft(**{**stored, **lists})
