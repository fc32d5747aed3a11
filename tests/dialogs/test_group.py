"""Before others: what may be said there, in which words, and what may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.settings import ROOT
from bot.teams.source import load_app
from dialogs.group import chat_link, for_everybody
from dialogs.scene import Scene
from dialogs.values import Incoming, Mention, Place, State, Turn
from dialogs.welcome import STARTERS
from tests.dialogs.cards.scenes import knowledge, scene
from tests.dialogs.turns import read, say, take

SECRET = "the merger mailbox is down"


def in_a_group(place: Place, language: str = "en", name: str = "Ann") -> Scene:
    here = scene(language)
    return replace(here, place=place, account="29:1ann", bot="28:bot", person=replace(here.person, name=name))


@pytest.mark.parametrize(
    ("text", "aloud"),
    [
        ("help", True),
        ("Bonjour", True),
        ("merci", True),
        ("", True),
        ("…", True),
        ("my cases", False),
        (SECRET, False),
        ("non", False),
    ],
)
def test_only_small_talk_is_for_everybody(text: str, aloud: bool) -> None:
    assert for_everybody(Incoming("message", text=text), knowledge().commands) is aloud


def test_a_button_is_for_nobody_else() -> None:
    assert not for_everybody(Incoming("action", verb="open"), knowledge().commands)


@pytest.mark.parametrize("place", [Place.WRITTEN, Place.CLOSED])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_that_was_said_is_repeated_before_others(place: Place, language: str) -> None:
    turn = say(in_a_group(place, language), SECRET)
    assert "merger" not in read(turn)
    assert "<at>Ann</at>" in read(turn)
    assert chat_link("28:bot") in read(turn)
    assert turn.effects == ()


def test_whoever_is_answered_is_mentioned() -> None:
    [message] = say(in_a_group(Place.ALOUD), "hello").messages
    assert message.mentions == (Mention("29:1ann", "Ann"),)


@pytest.mark.parametrize("name", ["<at>Eve</at>", "A & B", "", "  "])
def test_a_strange_name_makes_no_broken_mention(name: str) -> None:
    [message] = say(in_a_group(Place.ALOUD, name=name), "hello").messages
    for mention in message.mentions:
        assert mention.name
        assert message.text.count(f"<at>{mention.name}</at>") == 1
    assert message.text.count("<at>") == len(message.mentions)


def test_a_welcome_is_not_said_twice() -> None:
    here = in_a_group(Place.ALOUD)
    assert "has added me" in read(take(here, Incoming("arrival"), State()))
    assert take(replace(here, welcomed=True), Incoming("arrival"), State()).messages == ()
    assert take(replace(scene(), welcomed=True), Incoming("arrival"), State()).messages == ()


def test_what_is_answered_elsewhere_says_why_and_replaces_no_card() -> None:
    turn: Turn = say(in_a_group(Place.MOVED), "my cases")
    assert "where others read along" in turn.messages[0].text
    assert not any(message.replaces for message in turn.messages)


def test_whoever_removes_the_bot_leaves_no_problem_on_the_table() -> None:
    turn = take(scene(), Incoming("departure"), State(language="fr", asked="proposal", case="T-7KM-2Q4X"))
    assert turn == Turn(State(language="fr"))


@pytest.mark.parametrize(("bot", "users"), [("28:bot", "28:bot"), ("bot", "28:bot"), ("28:a b&c", "28:a%20b%26c")])
def test_the_link_opens_the_chat_with_the_bot(bot: str, users: str) -> None:
    assert chat_link(bot) == f"https://teams.microsoft.com/l/chat/0/0?users={users}"


def test_the_welcome_offers_what_teams_offers() -> None:
    [personal] = [one for one in load_app(ROOT / "data/teams/app.toml").lists if one.scope == "personal"]
    assert personal.prompts == STARTERS
