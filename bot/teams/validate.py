"""What Teams, or its store, would refuse about a package: each problem in a sentence that says where it is. Pure."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from bot.teams.manifest import texts_of
from bot.teams.package import MANIFEST, Package
from bot.teams.png import picture_of
from bot.teams.source import SCOPES

COMMANDS = 12  # of one scope
DEVELOPER = 32  # characters of the developer's name
ICONS = {"color": 192, "outline": 32}
URLS = ("websiteUrl", "privacyUrl", "termsOfUseUrl")
TITLE = re.compile(r"bots\[0\]\.commandLists\[\d\]\.commands\[\d+\]\.title")
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")

Json = Mapping[str, Any]


def problems(package: Package) -> list[str]:
    """Everything that is wrong; empty for a package that may be uploaded."""
    made = _object(package, MANIFEST)
    if isinstance(made, str):
        return [made]
    parts = (_identity(made), _texts(made), _commands(made), _icons(made, package), _languages(made, package))
    return [problem for part in parts for problem in part]


def _object(package: Package, name: str) -> Json | str:
    """The JSON object in a file, or what is wrong with it."""
    if name not in package:
        return f"{name} is missing"
    try:
        value = json.loads(package[name])
    except (ValueError, RecursionError):
        return f"{name} is not JSON"
    return value if isinstance(value, dict) else f"{name} is not a JSON object"


def _identity(made: Json) -> Iterator[str]:
    for where, value in (("id", made.get("id")), ("bots[0].botId", _bot(made).get("botId"))):
        if not _is_guid(value):
            yield f"{where}: {value!r} is no GUID"
    if not VERSION.fullmatch(str(made.get("version"))):
        yield f"version: {made.get('version')!r} is not like 1.2.3"
    for domain in made.get("validDomains", ()):
        if "/" in domain:
            yield f"validDomains: {domain!r} is no domain"
    yield from _developer(made.get("developer") or {})


def _developer(developer: Json) -> Iterator[str]:
    if not 0 < len(developer.get("name", "")) <= DEVELOPER:
        yield f"developer.name: 1 to {DEVELOPER} characters are needed"
    for name in URLS:
        if urlsplit(str(developer.get(name))).scheme != "https":
            yield f"developer.{name}: {developer.get(name)!r} is no https address"


def _texts(made: Json) -> Iterator[str]:
    for key, longest, text in texts_of(made):
        if not 0 < len(text.strip()) <= len(text) <= longest:
            yield f"{key}: {len(text)} characters, 1 to {longest} are possible"


def _commands(made: Json) -> Iterator[str]:
    bot = _bot(made)
    lists = bot.get("commandLists") or []
    if not any(one.get("commands") for one in lists):
        yield "bots[0].commandLists: at least one command has to be listed"
    scopes = Counter(scope for one in lists for scope in one.get("scopes", ()))
    for scope, times in scopes.items():
        if scope not in bot.get("scopes", ()) or scope not in SCOPES:
            yield f"bots[0].commandLists: {scope!r} is no scope of the bot"
        if times > 1:
            yield f"bots[0].commandLists: {scope!r} has {times} lists"
    for place, one in enumerate(lists):
        yield from _listed(f"bots[0].commandLists[{place}]", one.get("commands") or [])


def _listed(where: str, commands: list[Json]) -> Iterator[str]:
    if len(commands) > COMMANDS:
        yield f"{where}: {len(commands)} commands, at most {COMMANDS} are possible"
    titles = [str(command.get("title", "")) for command in commands]
    for place, (command, title) in enumerate(zip(commands, titles, strict=True)):
        if title.lstrip().startswith("/"):
            yield f"{where}.commands[{place}]: {title!r} begins with a slash"
        if command.get("type") == "prompt" and not command.get("prompt"):
            yield f"{where}.commands[{place}]: {title!r} is a prompt without words"
    for title, times in Counter(map(str.casefold, titles)).items():
        if times > 1:
            yield f"{where}: {title!r} is there {times} times"


def _icons(made: Json, package: Package) -> Iterator[str]:
    for kind, size in ICONS.items():
        name = (made.get("icons") or {}).get(kind, "")
        if name not in package:
            yield f"icons.{kind}: the file {name!r} is missing"
            continue
        picture = picture_of(package[name])
        if picture is None:
            yield f"icons.{kind}: {name} is no PNG"
        elif (picture.width, picture.height) != (size, size):
            yield f"icons.{kind}: {name} is {picture.width} by {picture.height} pixels, {size} by {size} are needed"
        elif kind == "outline" and not picture.transparent:
            yield f"icons.outline: {name} has no transparency"


def _languages(made: Json, package: Package) -> Iterator[str]:
    """Each language says what the manifest says, all of it and nothing else."""
    said = {key: longest for key, longest, _ in texts_of(made)}
    for language in (made.get("localizationInfo") or {}).get("additionalLanguages", ()):
        name = language.get("file", "")
        words = _object(package, name)
        if isinstance(words, str):
            yield words
        else:
            yield from _translated(name, {key: str(words[key]) for key in words if key != "$schema"}, said)


def _translated(name: str, texts: Mapping[str, str], said: Mapping[str, int]) -> Iterator[str]:
    for key in sorted(said.keys() ^ texts.keys()):
        yield f"{name}: {key} is {'missing' if key in said else 'not in the manifest'}"
    for key in sorted(said.keys() & texts.keys()):
        text, longest = texts[key], said[key]
        if not 0 < len(text.strip()) <= len(text) <= longest:
            yield f"{name}: {key}: {len(text)} characters, 1 to {longest} are possible"
        if TITLE.fullmatch(key) and text.lstrip().startswith("/"):
            yield f"{name}: {text!r} begins with a slash"


def _bot(made: Json) -> Json:
    bots = made.get("bots") or [{}]
    return bots[0] if isinstance(bots[0], dict) else {}


def _is_guid(value: object) -> bool:
    try:
        return str(UUID(str(value))) == str(value).lower()
    except ValueError:
        return False
