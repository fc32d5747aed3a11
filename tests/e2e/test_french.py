"""French conversations in the Playground, with a real bot: what a person sees at each step."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.chat import Chat
from tests.e2e.conftest import Bot
from tests.e2e.pictures import Camera

pytestmark = pytest.mark.e2e

NOBODY_GETS_MAIL = "Plus personne ne reçoit de mail dans l'entreprise depuis ce matin"
SLOW_WIFI = "le wifi du bureau est lent sur tous les sites"
MICROSOFT_NETWORK_TEAM = "https://support.microsoft.com/gp/contactus81?Audience=Commercial"
PROPOSAL = "Voici ce que j’ai compris"


def test_the_welcome_is_said_once_and_the_language_follows_the_person(chat: Chat) -> None:
    chat.say("merci")
    chat.sees("Avec plaisir")
    expect(chat.page.get_by_text("I am Triage")).to_have_count(1)


def test_nobody_gets_mail_is_understood_proposed_and_opened(chat: Chat, bot: Bot, camera: Camera) -> None:
    chat.say(NOBODY_GETS_MAIL)
    chat.sees(PROPOSAL, "Exchange Online", "A, critique", "très sûr", "1 heure, 24/7", "Vos administrateurs")
    chat.sees_buttons("Ouvrir le dossier", "Parler à une personne", "Annuler")
    camera.take(chat, "proposal-fr")

    chat.press("Ouvrir le dossier")
    chat.sees("est ouvert", NOBODY_GETS_MAIL, "A, critique", "vos administrateurs", "1 heure, 24/7")
    chat.sees_nowhere(PROPOSAL)
    chat.sees_buttons("Voir le dossier", "C’est résolu")
    assert chat.sees_number() in bot.numbers()
    camera.take(chat, "case-fr")


def test_a_severity_corrected_on_the_card_changes_the_promise(chat: Chat) -> None:
    chat.say(NOBODY_GETS_MAIL)
    chat.sees(PROPOSAL, "A, critique")
    chat.choose("Gravité", "B – haute")
    chat.press("Ouvrir le dossier")
    chat.sees("est ouvert", "Exchange Online", "B, haute", "1 jour, 24/7")
    chat.sees_nowhere("A, critique", "1 heure, 24/7")


def test_a_category_corrected_to_the_network_opens_nothing(chat: Chat, bot: Bot) -> None:
    before = bot.opened()
    chat.say(NOBODY_GETS_MAIL)
    chat.sees(PROPOSAL)
    chat.choose("Catégorie", "Réseau")
    chat.press("Ouvrir le dossier")
    chat.sees("équipe réseau", "Aucun dossier n’a été ouvert")
    assert bot.opened() == before


def test_a_double_click_opens_one_case(chat: Chat, bot: Bot) -> None:
    before = bot.opened()
    chat.say(NOBODY_GETS_MAIL)
    chat.press("Ouvrir le dossier", times=2)
    number = chat.sees_number()
    chat.say("merci")
    chat.sees("Avec plaisir")
    assert bot.opened() == before + 1
    assert number in bot.numbers()


def test_slow_wifi_is_sent_to_the_network_team_and_one_tap_brings_a_person(
    chat: Chat, bot: Bot, camera: Camera
) -> None:
    before = bot.opened()
    chat.say(SLOW_WIFI)
    chat.sees("C’est du ressort de votre équipe réseau", "Aucun dossier n’a été ouvert", "l’équipe réseau de Microsoft")
    chat.sees_buttons("Équipe réseau de Microsoft", "C’est faux")
    chat.sees_link("Équipe réseau de Microsoft", MICROSOFT_NETWORK_TEAM)
    assert bot.opened() == before
    camera.take(chat, "redirect-fr")

    chat.press("C’est faux")
    chat.sees("Une personne prend le relais", SLOW_WIFI)
    chat.sees_buttons()
    assert chat.sees_number() in bot.numbers()
    assert bot.opened() == before + 1


def test_help_keeps_the_proposal_at_hand_and_cancel_drops_it(chat: Chat, bot: Bot) -> None:
    before = bot.opened()
    chat.say(NOBODY_GETS_MAIL)
    chat.sees(PROPOSAL)
    chat.say("aide")
    chat.sees("Décrivez un problème avec vos mots", "parler à une personne", PROPOSAL)
    chat.say("annuler")
    chat.sees("C’est annulé. Rien n’a été ouvert.")

    chat.press("Ouvrir le dossier")
    chat.sees("Cette carte n’est plus d’actualité")
    assert bot.opened() == before
