"""In a group chat, in a channel, installed and removed: the Playground's other places, with a real bot."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.chat import Chat
from tests.e2e.conftest import Bot
from tests.e2e.pictures import Camera
from tests.e2e.places import Places

pytestmark = pytest.mark.e2e

NOBODY_OPENS_THE_SITE = "nobody can open the HR SharePoint site since this morning"
NOBODY_GETS_MAIL = "Plus personne ne reçoit de mail dans l'entreprise depuis ce matin"
WELCOME = "Hello, I am Triage"
CARDS = ".ac-adaptiveCard"


@pytest.fixture
def places(chat: Chat) -> Places:
    return Places(chat.page)


def test_what_is_said_in_a_group_chat_is_answered_in_the_personal_chat(
    chat: Chat, places: Places, bot: Bot, camera: Camera
) -> None:
    places.go_to("Group Chat")
    places.reads("Alex Wilber has added me to this conversation")
    places.mention(NOBODY_OPENS_THE_SITE)
    places.reads("I have written to you in our personal chat")
    expect(chat.page.locator(CARDS)).to_have_count(0)
    camera.take(chat, "group-en")

    places.go_to("Personal Chat")
    places.reads("You wrote to me where others read along")
    places.reads("This is what I understood")
    chat.press("Open the case")
    chat.sees("is open")
    assert chat.sees_number() in bot.numbers()


def test_in_a_channel_the_bot_answers_when_it_is_mentioned_and_shows_no_case(chat: Chat, places: Places) -> None:
    places.go_to("General")
    places.reads("has added me to this conversation")
    places.mention("bonjour")
    places.reads("les dossiers se traitent dans notre conversation personnelle")
    places.mention(NOBODY_GETS_MAIL)
    places.reads("je vous ai écrit dans notre conversation personnelle")
    expect(chat.page.locator(CARDS)).to_have_count(0)

    places.go_to("Personal Chat")
    places.reads("Voici ce que j’ai compris")


def test_the_bot_is_welcomed_once_and_again_when_it_comes_back(chat: Chat, places: Places) -> None:
    welcomes = places.reads(WELCOME)
    expect(welcomes).to_have_count(1)
    places.play("Install application")
    chat.say("thanks")
    chat.sees("You are welcome")
    expect(welcomes).to_have_count(1)

    places.play("Uninstall application")
    places.play("Install application")
    expect(welcomes).to_have_count(2)
