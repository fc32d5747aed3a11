"""English conversations in the Playground, with a real bot: what a person sees at each step."""

from __future__ import annotations

import pytest

from tests.e2e.chat import Chat
from tests.e2e.conftest import Bot
from tests.e2e.pictures import Camera

pytestmark = pytest.mark.e2e

NOBODY_OPENS_THE_SITE = "nobody can open the HR SharePoint site since this morning"
PROPOSAL = "This is what I understood"


def test_nobody_opens_the_site_needs_no_question(chat: Chat, bot: Bot, camera: Camera) -> None:
    chat.say(NOBODY_OPENS_THE_SITE)
    chat.sees(PROPOSAL, "SharePoint Online", "A, critical", "“nobody”", "1 hour, 24/7", "Your administrators")
    chat.sees_buttons("Open the case", "Talk to a person", "Cancel")
    camera.take(chat, "proposal-en")

    chat.press("Open the case")
    chat.sees("is open", NOBODY_OPENS_THE_SITE, "A, critical", "1 hour, 24/7")
    chat.sees_buttons("Show the case", "It is solved")
    assert chat.sees_number() in bot.numbers()


def test_what_the_message_does_not_say_is_asked_and_answered_with_a_tap(chat: Chat, camera: Camera) -> None:
    chat.say("several users tell me that Teams is down")
    chat.sees("Can they still work?", "About Microsoft Teams")
    chat.sees_buttons("No, it is blocked", "Yes, but badly", "Yes, there is a workaround", "Talk to a person")
    camera.take(chat, "question-en")

    chat.press("No, it is blocked")
    chat.sees(PROPOSAL, "A, critical", "because of: No, it is blocked")
    chat.sees_nowhere("Can they still work?")
    chat.press("Open the case")
    chat.sees("is open")
    chat.sees_number()


def test_a_case_is_followed_added_to_solved_and_rated(chat: Chat, camera: Camera) -> None:
    chat.say(NOBODY_OPENS_THE_SITE)
    chat.press("Open the case")
    chat.press("Show the case")
    chat.sees("Looked after by", "your administrators")
    chat.write("Your message", "It began after the update on Tuesday")
    chat.press("Send message")
    chat.sees("It began after the update on Tuesday", "added")
    camera.take(chat, "case-life-en")

    chat.press("It is solved")
    chat.sees("How did it go with case")
    chat.choose("Your rating", "5 – very good")
    chat.press("Send")
    chat.sees("Thank you for your answer")


def test_help_says_what_can_be_typed(chat: Chat) -> None:
    chat.say("help")
    chat.sees("Describe a problem in your own words", "talk to a person", "cancel", "start over", "français")


def test_nothing_to_go_by_is_asked_about_and_never_guessed(chat: Chat) -> None:
    chat.say("it doesn't work")
    chat.sees("Tell me a little more")
    for nothing in ("😒", "..."):
        chat.say(nothing)
        chat.sees("I could not read a problem in that")
    chat.say("asdf")
    chat.sees("I still cannot tell what this is about")
    chat.sees_nowhere(PROPOSAL, "No case was opened")

    chat.press("Talk to a person")
    chat.sees("A person takes over")
    chat.sees_number()


def test_the_language_can_change_in_the_middle(chat: Chat) -> None:
    chat.say(NOBODY_OPENS_THE_SITE)
    chat.sees(PROPOSAL)
    chat.say("français")
    chat.sees("Nous continuons en français", "Voici ce que j’ai compris", "A, critique", "1 heure, 24/7")
    chat.press("Ouvrir le dossier")
    chat.sees("Le dossier T-", "est ouvert")


def test_a_card_fits_a_phone(chat: Chat, camera: Camera) -> None:
    chat.say(NOBODY_OPENS_THE_SITE)
    chat.sees(PROPOSAL)
    chat.narrow_to(320)
    chat.sees_all_of_the_card()
    camera.take_card(chat, "proposal-phone")
