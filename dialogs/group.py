"""In a team or a group chat: what everybody may hear, and the way to the personal chat for everything else."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from dialogs.commands import Command, Commands
from dialogs.scene import Scene
from dialogs.values import Incoming, Mention, Message, Place, State, Turn

OTHERS_READ = frozenset({Place.ALOUD, Place.WRITTEN, Place.CLOSED})
ALOUD = {"help": "group-help", "greeting": "group-hello", "thanks": "group-thanks"}
CHAT = "https://teams.microsoft.com/l/chat/0/0?users="


def for_everybody(incoming: Incoming, commands: Commands) -> bool:
    """Whether this may be answered where others read along: it holds nothing of anybody's case."""
    if incoming.kind != "message":
        return incoming.kind != "action"
    command = commands.hear(incoming.text)
    says_nothing = not any(mark.isalnum() for mark in incoming.text)
    return says_nothing if command is None else command.id in ALOUD


def answer(state: State, incoming: Incoming, command: Command | None, scene: Scene) -> Turn:
    """What is said before all: never a word of what was said, or of a case."""
    if incoming.kind == "arrival":
        return Turn(state) if scene.welcomed else _said(state, "group-welcome", scene)
    if incoming.kind not in ("message", "action"):
        return Turn(state)
    if scene.place is Place.ALOUD:
        return _said(state, ALOUD.get(command.id if command else "", "group-hello"), scene)
    return _said(state, "group-written" if scene.place is Place.WRITTEN else "group-closed", scene)


def moved(turn: Turn, scene: Scene) -> Turn:
    """What is answered in the personal chat to what was said in a group; no card is there to be replaced."""
    kept = tuple(replace(message, replaces=False) for message in turn.messages)
    return replace(turn, messages=(Message(scene.say("group-continued")), *kept))


def chat_link(bot: str) -> str:
    """Where a person opens their personal chat with the bot, or adds it."""
    return CHAT + quote(bot if bot.startswith("28:") else f"28:{bot}", safe=":")


def _said(state: State, id_: str, scene: Scene) -> Turn:
    name = "".join(mark for mark in scene.person.name if mark not in "<>&").strip() or scene.say("nobody")
    mentions = (Mention(scene.account, name),) if scene.account else ()
    who = f"<at>{name}</at>" if mentions else name
    return Turn(state, (Message(scene.say(id_, who=who, link=chat_link(scene.bot)), mentions=mentions),))
