"""The same conversation in a terminal: cards as text, buttons as numbers, lists as `name=value`."""

from __future__ import annotations

import getpass
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.markup import escape
from rich.panel import Panel
from rich.text import Text

from bot.envelope import Address, Envelope, Outgoing, Sender, Undeliverable
from dialogs.values import Card, Incoming

Piece = Mapping[str, Any]

ESCAPED = re.compile(r"\\([\\`*_\[\]()#~<])")  # what Markdown would read as marks stands for itself here


@dataclass
class Terminal:
    """A person at a keyboard. `locale` is what they read before they have written anything."""

    console: Console
    locale: str
    tenant: str = "local"
    _card: Card = field(default_factory=dict)
    _values: dict[str, str] = field(default_factory=dict)
    _conversation: str = field(default_factory=lambda: uuid.uuid4().hex)

    async def send(self, outgoing: Outgoing) -> str:
        """Print one message."""
        message = outgoing.message
        if outgoing.update and not outgoing.reply_to:  # an older card that is kept true; what is printed stays as it is
            return outgoing.update
        if message.card:
            self._card, self._values = message.card, {}
            self.console.print(
                Panel(Group(*_card_lines(message.card)), border_style="cyan", width=min(76, self.console.width))
            )
        elif message.text:
            self.console.print(Markdown(message.text))
        for suggestion in message.suggestions:
            self.console.print(f"  [dim]→ {escape(suggestion.text)}[/]")
        return uuid.uuid4().hex

    async def show_typing(self, address: Address) -> None:
        """Nothing: whoever sits at a terminal sees the prompt come back."""

    async def open_chat(self, address: Address, sender: Sender) -> Address:
        """The terminal itself: nobody reads along."""
        del sender
        return address

    async def name_of(self, address: Address, sender: Sender) -> str:
        """As they are called already."""
        del address
        return sender.name

    def arrival(self) -> Envelope:
        """The bot being opened."""
        return self._envelope(Incoming("arrival", locale=self.locale))

    def hear(self, line: str) -> Envelope | None:
        """What a typed line means: a button's number, a value for a list of the card (then None), or words."""
        buttons = _buttons(self._card)
        if line.isdecimal() and 1 <= int(line) <= len(buttons):
            data = dict(buttons[int(line) - 1]["data"])
            values = _inputs(self._card) | self._values | {key: str(value) for key, value in data.items()}
            verb, token = values.pop("verb"), values.pop("token")
            return self._envelope(Incoming("action", verb=verb, token=token, values=values, locale=self.locale))
        setting = re.fullmatch(r"\s*(\w+)\s*=\s*(.+?)\s*", line)
        if setting and setting[1] in _inputs(self._card):
            self._values[setting[1]] = setting[2]
            return None
        return self._envelope(Incoming("message", text=line, locale=self.locale))

    def _envelope(self, incoming: Incoming) -> Envelope:
        address = Address("terminal", self.tenant, self._conversation, "", "triage")
        name = getpass.getuser()
        return Envelope(uuid.uuid4().hex, address, Sender(name, name), incoming)


class ClosedTerminal:
    """Where a terminal's messages go when nobody sits there any more."""

    async def send(self, outgoing: Outgoing) -> str:
        """Refuse: the person has left."""
        del outgoing
        raise Undeliverable("the terminal is closed")


def _buttons(card: Card) -> list[Piece]:
    sets = [*(one["actions"] for one in _pieces(card) if one["type"] == "ActionSet"), card.get("actions", ())]
    return [action for actions in sets for action in actions if action["type"] == "Action.Execute"]


def _inputs(card: Card) -> dict[str, str]:
    return {piece["id"]: piece.get("value", "") for piece in _pieces(card) if piece["type"].startswith("Input.")}


def _pieces(card: Card) -> list[Piece]:
    """What a card is made of, and what its containers hold: nothing is folded away here."""
    body: list[Piece] = list(card.get("body", ()))
    return body + [inner for piece in body if piece["type"] == "Container" for inner in piece["items"]]


def _card_lines(card: Card) -> list[RenderableType]:
    lines = [line for piece in card["body"] for line in _lines(piece)]
    numbers = [
        Text(f"[{number}] {button['title']}", style="bold green")
        for number, button in enumerate(_buttons(card), start=1)
    ]
    links = [
        Text(f"↗ {action['title']}: {action['url']}", style="blue")
        for action in card["actions"]
        if action["type"] == "Action.OpenUrl"
    ]
    return [*lines, *links, *numbers]


def _lines(piece: Piece) -> list[RenderableType]:
    kind = piece["type"]
    if kind in ("Container", "ActionSet"):  # buttons stand under the card, all of them
        return [line for inner in piece.get("items", ()) for line in _lines(inner)]
    if kind == "FactSet":
        return [Text.assemble((f"{fact['title']}: ", "bold"), fact["value"]) for fact in piece["facts"]]
    if kind == "RichTextBlock":
        return [Text("“" + "".join(run["text"] for run in piece["inlines"]) + "”", style="italic")]
    if kind == "Input.Text":
        return [Text(f"{piece['label']}: {piece['id']}={piece.get('value', '')}", style="bold")]
    if kind == "Input.ChoiceSet":
        chosen = piece.get("value", "")
        values = ", ".join(choice["value"] for choice in piece["choices"])
        return [
            Text(f"{piece['label']}: {piece['id']}={chosen}", style="bold"),
            Text(f"  ({piece['id']}=… : {values})", style="dim"),
        ]
    return [
        Text(
            ESCAPED.sub(r"\1", piece["text"].replace("**", "")),
            style="bold cyan" if piece.get("style") == "heading" else "",
        )
    ]
