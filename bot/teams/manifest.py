"""The manifest of the app, in one language, and the texts in it that have to be said in every other. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.teams.source import App, CommandList, Extension, Listing
from dialogs.words import LANGUAGES, Say

SCHEMA_VERSION = "1.30"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA_VERSION}/MicrosoftTeams.schema.json"
LOCAL_SCHEMA = SCHEMA.replace("MicrosoftTeams.schema", "MicrosoftTeams.Localization.schema")
COLOR, OUTLINE = "color.png", "outline.png"

Json = dict[str, Any]

_COMMAND = ("bots", "#", "commandLists", "#", "commands", "#")
_EXTENSION = ("composeExtensions", "#", "commands", "#")

# Every text that a person reads in Teams, and how long it may be; "#" stands for a place in a list.
TEXTS: Mapping[tuple[str, ...], int] = {
    ("name", "short"): 30,
    ("name", "full"): 100,
    ("description", "short"): 80,
    ("description", "full"): 4000,
    (*_COMMAND, "title"): 128,
    (*_COMMAND, "description"): 4000,
    (*_COMMAND, "prompt"): 4000,
    (*_EXTENSION, "title"): 32,
    (*_EXTENSION, "description"): 128,
    (*_EXTENSION, "parameters", "#", "title"): 32,
    (*_EXTENSION, "parameters", "#", "description"): 128,
}


def manifest(app: App, listing: Listing, say: Say) -> Json:
    """The manifest, in this voice."""
    first, *others = LANGUAGES
    made = {
        "$schema": SCHEMA,
        "manifestVersion": SCHEMA_VERSION,
        "version": listing.version,
        "id": listing.id,
        "developer": {
            "name": listing.developer,
            "websiteUrl": listing.website,
            "privacyUrl": listing.privacy,
            "termsOfUseUrl": listing.terms,
        },
        "localizationInfo": {
            "defaultLanguageTag": first,
            "additionalLanguages": [{"languageTag": one, "file": f"{one}.json"} for one in others],
        },
        "name": {"short": say("app-name"), "full": say("app-name-full")},
        "description": {"short": say("app-short"), "full": say("app-full")},
        "icons": {"color": COLOR, "outline": OUTLINE},
        "accentColor": app.accent,
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
        "bots": [_bot(app, listing, say)],
        "composeExtensions": [
            {"botId": listing.bot, "commands": [_extension(one, say) for one in app.extensions]},
        ],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": list(listing.domains),
    }
    if listing.resource:
        made["webApplicationInfo"] = {"id": listing.bot, "resource": listing.resource}
    return made


def localised(made: Json) -> Json:
    """The file of one language: the texts of a manifest that was made in it, by the keys that Teams looks for."""
    return {"$schema": LOCAL_SCHEMA, **{key: text for key, _, text in texts_of(made)}}


def texts_of(made: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
    """Every text that a person reads: its key as `bots[0].commandLists[0].commands[2].title`, its longest length, itself."""
    for path, longest in TEXTS.items():
        for key, text in _found(made, path):
            yield key, longest, text


def _found(node: Any, path: tuple[str, ...], key: str = "") -> Iterator[tuple[str, str]]:
    if not path:
        if isinstance(node, str):
            yield key, node
        return
    step, *rest = path
    if step == "#" and isinstance(node, list):
        for place, one in enumerate(node):
            yield from _found(one, tuple(rest), f"{key}[{place}]")
    elif isinstance(node, Mapping) and step in node:
        yield from _found(node[step], tuple(rest), f"{key}.{step}" if key else step)


def _bot(app: App, listing: Listing, say: Say) -> Json:
    return {
        "botId": listing.bot,
        "scopes": [one.scope for one in app.lists],
        "supportsFiles": True,
        "isNotificationOnly": False,
        "commandLists": [_list(one, say) for one in app.lists],
    }


def _list(one: CommandList, say: Say) -> Json:
    prompts = [
        {
            "type": "prompt",
            "title": say(f"app-prompt-{id_}"),
            "description": say(f"app-prompt-{id_}-description"),
            "prompt": say(f"app-prompt-{id_}-text"),
        }
        for id_ in one.prompts
    ]
    commands = [
        {"title": say(f"app-command-{id_}"), "description": say(f"app-command-{id_}-description")}
        for id_ in one.commands
    ]
    return {"scopes": [one.scope], "commands": [*prompts, *commands]}


def _extension(one: Extension, say: Say) -> Json:
    made: Json = {
        "id": one.id,
        "type": one.kind,
        "context": list(one.context),
        "title": say(f"app-extension-{one.id}"),
        "description": say(f"app-extension-{one.id}-description"),
    }
    if one.fetch_task:
        made["fetchTask"] = True
    if one.parameters:
        made["parameters"] = [
            {
                "name": name,
                "title": say(f"app-parameter-{name}"),
                "description": say(f"app-parameter-{name}-description"),
                "inputType": "text",
            }
            for name in one.parameters
        ]
    return made
