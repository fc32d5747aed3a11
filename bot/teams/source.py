"""What the app is made of: `data/teams/app.toml`, and what an organisation's settings say of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import CannotStart

SCOPES = ("personal", "team", "groupChat")
KINDS = ("action", "query")


@dataclass(frozen=True)
class CommandList:
    """What Teams offers beside the message box in one scope: ids of commands, and of prompts that begin a conversation."""

    scope: str
    commands: tuple[str, ...]
    prompts: tuple[str, ...]


@dataclass(frozen=True)
class Extension:
    """A command of the message extension. `kind` is `action` (a dialog) or `query` (a search with `parameters`)."""

    id: str
    kind: str
    context: tuple[str, ...]
    fetch_task: bool
    parameters: tuple[str, ...]


@dataclass(frozen=True)
class App:
    """The app, without any words: `accent` is a colour as #rrggbb."""

    accent: str
    lists: tuple[CommandList, ...]
    extensions: tuple[Extension, ...]


@dataclass(frozen=True)
class Listing:
    """What one organisation's app is called by and where it lives, from the settings.

    `id` is the app's own GUID, `bot` the registration's; `resource` the application ID URI where single sign-on is set up, or empty.
    """

    id: str
    bot: str
    version: str
    developer: str
    website: str
    privacy: str
    terms: str
    domains: tuple[str, ...]
    resource: str = ""


def load_app(path: Path) -> App:
    """Read the app. Raises `CannotStart` naming the file, the row and the legal values."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise CannotStart(f"{path}: {broken}") from None
    try:
        lists = tuple(CommandList(_one_of(row, "scope", SCOPES), *_lists(row)) for row in told["list"])
        return App(str(told["accent"]), lists, tuple(_extension(row) for row in told.get("extension", ())))
    except KeyError as missing:
        raise CannotStart(f"{path}: there is no {missing}") from None
    except ValueError as wrong:
        raise CannotStart(f"{path}: {wrong}") from None


def _extension(row: Mapping[str, Any]) -> Extension:
    kind = _one_of(row, "type", KINDS)
    return Extension(str(row["id"]), kind, tuple(row["context"]), bool(row["fetchTask"]), tuple(row["parameters"]))


def _lists(row: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(map(str, row["commands"])), tuple(map(str, row["prompts"]))


def _one_of(row: Mapping[str, Any], field: str, legal: Sequence[str]) -> str:
    if row[field] not in legal:
        raise ValueError(f"{field} = {row[field]!r}; one of: {', '.join(legal)}")
    return str(row[field])
