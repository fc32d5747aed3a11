"""The few pieces that every card is made of, narrow enough for a phone and plain enough for a dark theme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from dialogs.markdown import literal

Piece = dict[str, Any]

LONG_WORD = re.compile(r"(?:\\.|[^\s\u200b\\]|\\(?=\s)){16}(?=[^\s\u200b\u200d\ufe0f]{2})")
SHORT = 18  # letters of a name that leave room for its value on a phone
VERSION = "1.5"  # the newest that Teams documents for cards of bots


def card(*body: Piece, actions: Iterable[Piece] = ()) -> Piece:
    """A whole card."""
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": VERSION,
        "body": list(body),
        "actions": list(actions),
    }


def heading(text: str) -> Piece:
    """The card's title, which may hold somebody's name: it has no Markdown."""
    return {
        "type": "TextBlock",
        "text": literal(text),
        "weight": "Bolder",
        "size": "Large",
        "wrap": True,
        "style": "heading",
    }


def paragraph(text: str) -> Piece:
    """A sentence or two of ours; Markdown is kept."""
    return {"type": "TextBlock", "text": text, "wrap": True}


def small(text: str) -> Piece:
    """A remark in small grey letters."""
    return {"type": "TextBlock", "text": text, "wrap": True, "size": "Small", "isSubtle": True}


def close(piece: Piece) -> Piece:
    """A piece that belongs to the one above it."""
    return {**piece, "spacing": "Small"}


def quote(text: str, length: int = 400) -> Piece:
    """The person's own words, set apart: their beginning, line by line."""
    return {"type": "Container", "style": "emphasis", "items": [plain(breakable(passage(text, length)))]}


def plain(text: str) -> Piece:
    """Somebody's words as they are, line breaks too: their Markdown is shown, not obeyed."""
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, "isSubtle": True}]}


def notice(text: str, style: str = "accent") -> Piece:
    """The one thing to take home, on a coloured ground: `good`, `warning`, `attention` or `accent`."""
    return {"type": "Container", "style": style, "items": [paragraph(text)]}


def facts(pairs: Iterable[tuple[str, str]]) -> Piece:
    """Names and values, one under the other. A short name stays in one piece, however narrow the card is."""
    return {"type": "FactSet", "facts": [{"title": _whole(title), "value": breakable(value)} for title, value in pairs]}


def text_input(id: str, label: str, value: str = "", *, lines: bool = False, hint: str = "") -> Piece:  # noqa: A002
    """A field to write in; `lines` for more than one."""
    piece: Piece = {"type": "Input.Text", "id": id, "label": label, "isMultiline": lines, "maxLength": 4000}
    return {**piece, **({"value": value} if value else {}), **({"placeholder": hint} if hint else {})}


def several_choices(id: str, label: str, options: Iterable[tuple[str, str]], chosen: Iterable[str]) -> Piece:  # noqa: A002
    """A list to choose any number from; their values come back in one string, with commas."""
    offered = choice(id, label, options)
    values = {one["value"] for one in offered["choices"]}
    chosen = ",".join(one for one in chosen if one in values)
    return {**offered, "value": chosen, "isMultiSelect": True, "style": "expanded"}


def people_choice(id: str, label: str, known: Iterable[tuple[str, str]], chosen: Iterable[str]) -> Piece:  # noqa: A002
    """People to choose: those known already, and in Teams everybody of the organisation as one types their name.

    Somebody chosen of whom no name is known stands there by their id, or they would be lost when the list is sent.
    """
    search = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    chosen = [one for one in chosen if one]
    named = {one: one for one in chosen} | {one: name or one for one, name in known}
    return {**several_choices(id, label, named.items(), chosen), "style": "compact", "choices.data": search}


def choice(
    id: str,  # noqa: A002
    label: str,
    options: Iterable[tuple[str, str]],
    chosen: str | None = None,
    hint: str = "",
) -> Piece:
    """A list to choose one from; `options` are (value, title). What is not offered is not chosen, and `hint` stands there instead."""
    choices = [{"title": title, "value": value} for value, title in options]
    piece: Piece = {"type": "Input.ChoiceSet", "id": id, "label": label, "style": "compact", "choices": choices}
    if any(one["value"] == chosen for one in choices):
        return {**piece, "value": chosen}
    return {**piece, "placeholder": hint} if hint else piece


def folded(id: str, *items: Piece) -> Piece:  # noqa: A002
    """Pieces that are not seen until a button unfolds them."""
    return {"type": "Container", "id": id, "isVisible": False, "separator": True, "items": list(items)}


def unfold(title: str, id: str, others: Iterable[str]) -> Piece:  # noqa: A002
    """A button that shows one folded part, and folds the others."""
    targets: list[str | Piece] = [id, *({"elementId": other, "isVisible": False} for other in others if other != id)]
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": targets}


def buttons(*actions: Piece) -> Piece:
    """Buttons within the card, beside what they are for."""
    return {"type": "ActionSet", "actions": list(actions)}


def press(title: str, verb: str, token: str, values: Mapping[str, str] | None = None, style: str = "default") -> Piece:
    """A button that acts: Action.Execute, and Action.Submit for clients that do not know it, both with the same data."""
    data = {"verb": verb, "token": token, **(values or {})}
    action = {"title": title, "data": data, "style": style}
    return {"type": "Action.Execute", "verb": verb, **action, "fallback": {"type": "Action.Submit", **action}}


def send(title: str, verb: str, token: str, values: Mapping[str, str] | None = None, style: str = "default") -> Piece:
    """A button of a window over a chat, where Teams knows no Action.Execute."""
    return {
        "type": "Action.Submit",
        "title": title,
        "data": {"verb": verb, "token": token, **(values or {})},
        "style": style,
    }


def required(field: Piece, message: str) -> Piece:
    """A field without which nothing is sent: the client says so itself, in these words."""
    return {**field, "isRequired": True, "errorMessage": message}


def link(title: str, url: str) -> Piece:
    """A button that opens a page."""
    return {"type": "Action.OpenUrl", "title": title, "url": url}


def settled(card: Piece, *body: Piece) -> Piece:
    """A card as it reads when it is over: without fields and buttons, and with `body` under it."""
    kept = [piece for piece in card["body"] if not _acts(piece)]
    return {**card, "body": [*kept, *body], "actions": []}


def _acts(piece: Piece) -> bool:
    return str(piece["type"]).startswith(("Input.", "ActionSet")) or not piece.get("isVisible", True)


def links(*pages: tuple[str, str]) -> Piece:
    """Pages to open from within the card; its own buttons stay for what acts."""
    return {"type": "ActionSet", "actions": [link(title, url) for title, url in pages]}


def passage(text: str, length: int = 400, most: int = 8) -> str:
    """The beginning of a long text, cut at a word, with at most so many lines."""
    lines = [" ".join(line.split()) for line in text.strip().split("\n")]
    whole = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    kept = "\n".join(whole.split("\n")[:most])
    kept = kept if len(kept) <= length else kept[:length].rsplit(" ", 1)[0]
    return kept if kept == whole else f"{kept} …"


def breakable(text: str) -> str:
    """A text whose long words (an address, a path) can be broken by a client that breaks none of them: they would be cut off."""
    return LONG_WORD.sub("\\g<0>\u200b", text)


def _whole(title: str) -> str:
    return title.replace(" ", "\u00a0") if len(title) <= SHORT else title


def excerpt(text: str, length: int = 400) -> str:
    """The beginning of a long text, cut at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0] + " …"
