"""What passes between a test and the fake Teams: people, what the bot sent, and what became of one turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes import cards
from tests.fakes.drive import CONSENT, INFO, attached

ADAPTIVE = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True)
class Person:
    """Somebody who uses Teams. `id` is as the bot knows them; `directory_id` is the same everywhere."""

    name: str
    id: str
    directory_id: str
    locale: str = "en-GB"

    def account(self) -> dict[str, str]:
        return {"id": self.id, "name": self.name, "aadObjectId": self.directory_id}


@dataclass(frozen=True)
class Sent:
    """A message of the bot's, in its present form. `answers` is the id of the activity it replies to, or empty."""

    id: str
    activity: Mapping[str, Any]
    answers: str = ""
    updated: bool = False

    @property
    def text(self) -> str:
        return str(self.activity.get("text") or "")

    @property
    def cards(self) -> list[dict[str, Any]]:
        attachments = self.activity.get("attachments") or []
        return [attachment["content"] for attachment in attachments if attachment["contentType"] == ADAPTIVE]

    @property
    def offer(self) -> dict[str, Any] | None:
        """The file that somebody is asked about, if there is one."""
        return next(iter(attached(self.activity, CONSENT)), None)

    @property
    def file(self) -> dict[str, Any] | None:
        """The file that is shown as being there, if there is one."""
        return next(iter(attached(self.activity, INFO)), None)

    @property
    def suggestions(self) -> dict[str, str]:
        """Title and text of each suggested answer."""
        actions = (self.activity.get("suggestedActions") or {}).get("actions") or []
        return {action["title"]: action["value"] for action in actions}

    @property
    def says(self) -> str:
        """All that can be read: the text, the cards, and the names of files."""
        files = [f"{one['name']} {one['content'].get('description', '')}" for one in (self.offer, self.file) if one]
        return "\n".join([self.text, *(line for card in self.cards for line in cards.texts(card)), *files]).strip()

    def with_card(self, card: Mapping[str, Any]) -> Sent:
        """Return the message as it looks once `card` has taken its card's place."""
        activity = {**self.activity, "attachments": [{"contentType": ADAPTIVE, "content": card}]}
        return Sent(self.id, activity, self.answers, updated=True)


@dataclass
class Turn:
    """One activity that a person caused, and what the bot made of it.

    `status` and `body` are of the HTTP response (status 0: there was none). `replies` are the messages that answer this
    activity, `updates` those changed meanwhile. After a press, `card` is what took the pressed card's place, `notice`
    the short text shown instead, and `pressed` the message whose button it was.
    """

    activity: dict[str, Any]
    status: int = 0
    body: Any = None
    replies: list[Sent] = field(default_factory=list)
    updates: list[Sent] = field(default_factory=list)
    pressed: Sent | None = None

    @property
    def accepted(self) -> bool:
        """Whether the bot took the activity: Teams would not deliver it again."""
        return 200 <= self.status < 300

    @property
    def text(self) -> str:
        return "\n".join(reply.text for reply in self.replies if reply.text)

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [card for reply in self.replies for card in reply.cards]

    @property
    def card(self) -> dict[str, Any] | None:
        card: dict[str, Any] | None = self._invoked(ADAPTIVE)
        return card

    @property
    def notice(self) -> str:
        return self._invoked("application/vnd.microsoft.activity.message") or ""

    @property
    def says(self) -> str:
        """All that the person could read because of this turn, in replies, cards and notices."""
        shown = [*(reply.says for reply in self.replies), *(cards.texts(self.card) if self.card else ()), self.notice]
        return "\n".join(filter(None, shown))

    def _invoked(self, kind: str) -> Any:
        return self.body.get("value") if isinstance(self.body, dict) and self.body.get("type") == kind else None


@dataclass
class Fault:
    """Makes the connector misbehave: the next `times` calls whose `METHOD /path` contains `match` (a regex).

    `status` 0 cuts the connection. `delay` is in seconds. With `lost_ack` the call is carried out, and only its answer
    is replaced by the fault.
    """

    match: str
    status: int = 500
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=lambda: {"error": {"code": "InjectedFault", "message": "a test"}})
    delay: float = 0.0
    lost_ack: bool = False
    times: int = 1


@dataclass(frozen=True)
class Call:
    """One call of the bot's to the connector, and its status (0: cut)."""

    method: str
    path: str
    status: int
    authorization: str
