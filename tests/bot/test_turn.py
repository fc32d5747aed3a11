"""One turn is one transaction: nothing is done twice, nothing is half done, and everybody is answered."""

from __future__ import annotations

import asyncio

import pytest

from bot.reader import LocalReader
from bot.store import Unavailable
from dialogs.values import Reading
from tests.bots import Bot
from tests.fakes.connector import Chat, Turn

OUTAGE = "Plus personne ne reçoit de mail dans l'entreprise depuis ce matin"
OPEN, PERSON, CANCEL, WRONG = "Ouvrir le dossier", "Parler à une personne", "Annuler", "C’est faux"


async def french_chat(bot: Bot) -> Chat:
    return await bot.teams.personal(bot.teams.person("Alice", locale="fr-FR"))


async def proposal(chat: Chat) -> Turn:
    turn = await chat.say(OUTAGE)
    assert "Voici ce que j’ai compris" in turn.says
    return turn


async def test_the_same_message_delivered_again_is_answered_once(bot: Bot) -> None:
    chat = await french_chat(bot)
    turn = await proposal(chat)

    again = await chat.deliver_again(turn, times=5, overlapping=True)

    assert [one.status for one in again] == [200] * 5
    assert len(chat.heard) == 1


async def test_one_message_delivered_many_times_at_once_is_answered_once(bot: Bot) -> None:
    chat = await french_chat(bot)
    activity = chat.activity("message", text=OUTAGE)

    turns = await asyncio.gather(*(chat.post(activity) for _ in range(8)))

    await chat.wait(1)
    assert [turn.status for turn in turns] == [200] * 8
    assert len(chat.heard) == 1


async def test_opening_a_case_delivered_again_answers_the_same_and_opens_one(bot: Bot) -> None:
    chat = await french_chat(bot)
    opened = await chat.press(await proposal(chat), OPEN)

    again = await chat.deliver_again(opened, times=3, overlapping=True)

    assert [one.body for one in again] == [opened.body] * 3
    assert len(await bot.cases()) == 1


async def test_opening_a_case_under_a_new_id_opens_nothing_and_names_the_first(bot: Bot) -> None:
    chat = await french_chat(bot)
    opened = await chat.press(await proposal(chat), OPEN)
    [case] = await bot.cases()

    later = await chat.redeliver_with_new_id(opened)

    assert case.number in later.says
    assert len(await bot.cases()) == 1


async def test_fifty_presses_at_once_open_one_case_and_all_learn_its_number(bot: Bot) -> None:
    chat = await french_chat(bot)
    turn = await proposal(chat)
    card = turn.replies[0]
    button = next(action for action in turn.cards[0]["actions"] if action["title"] == OPEN)

    presses = await asyncio.gather(*(chat.invoke(card, "open", dict(button["data"])) for _ in range(50)))

    [case] = await bot.cases()
    assert {press.status for press in presses} == {200}
    assert all(case.number in press.says for press in presses)


async def test_a_client_without_execute_opens_the_case_too_and_the_card_is_replaced(bot: Bot) -> None:
    chat = await french_chat(bot)
    turn = await proposal(chat)

    await chat.press(turn, OPEN, as_submit=True, expect=0)
    await chat.wait(2)

    [case] = await bot.cases()
    current = chat.messages[turn.replies[0].id]
    assert case.number in current.says
    assert OPEN not in current.says


async def test_a_card_forwarded_to_somebody_else_opens_nothing(bot: Bot) -> None:
    chat = await french_chat(bot)
    turn = await proposal(chat)
    button = next(action for action in turn.cards[0]["actions"] if action["title"] == OPEN)
    mallory = await bot.teams.personal(bot.teams.person("Mallory", locale="fr-FR"))

    press = await mallory.invoke(turn.replies[0], "open", dict(button["data"]))

    assert press.accepted
    assert "plus d’actualité" in press.says
    assert await bot.cases() == []


async def test_an_old_card_changes_nothing_and_shows_the_current_one(bot: Bot) -> None:
    chat = await french_chat(bot)
    first = await proposal(chat)
    await chat.say("cela a commencé hier soir")

    press = await chat.press(first, OPEN, expect=1)

    assert "plus d’actualité" in press.says
    assert "Voici ce que j’ai compris" in press.says
    assert await bot.cases() == []


async def test_a_card_after_cancelling_says_that_nothing_was_opened(bot: Bot) -> None:
    chat = await french_chat(bot)
    turn = await proposal(chat)
    await chat.say("annuler")

    press = await chat.press(turn, OPEN)

    assert "plus d’actualité" in press.says
    assert await bot.cases() == []


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"verb": "open"},
        {"verb": "", "token": ""},
        {"verb": "answer", "token": "x", "question": "?"},
        {"verb": ["open"], "token": {}},
    ],
)
async def test_a_card_sent_empty_or_garbled_is_answered(bot: Bot, value: dict[str, object]) -> None:
    chat = await french_chat(bot)

    turn = await chat.post(chat.activity("message", value=value), expect=1)

    assert turn.accepted
    assert turn.says


async def test_a_value_that_no_list_offers_leaves_the_proposal_as_it_was(bot: Bot) -> None:
    chat = await french_chat(bot)

    await chat.press(await proposal(chat), OPEN, {"category": "nonsense", "severity": "Z"})

    [case] = await bot.cases()
    assert (case.category, case.severity) == ("exchange", "A")


async def test_ten_thousand_characters_are_kept_with_the_case(bot: Bot) -> None:
    chat = await french_chat(bot)
    text = f"{OUTAGE}. " * 200

    await chat.press(await chat.say(text), OPEN)

    [case] = await bot.cases()
    assert case.description == text.strip()
    assert len(text) > 10_000


@pytest.mark.parametrize(
    "text", ["", "   ", "\u200b", "😀", "!!!", "\ud800", "a", "\x00", "¯\\_(ツ)_/¯", "<at>Support</at>"]
)
async def test_whatever_holds_no_word_is_answered_and_not_guessed(bot: Bot, text: str) -> None:
    chat = await french_chat(bot)

    turn = await chat.say(text)

    assert turn.accepted
    assert turn.says
    assert "Voici ce que j’ai compris" not in turn.says


async def test_a_correction_is_kept_as_a_candidate_label(bot: Bot) -> None:
    chat = await french_chat(bot)

    await chat.press(await proposal(chat), OPEN, {"category": "service_config"})

    [label] = await bot.labels()
    assert (label["proposed"], label["category"], label["severity"], label["text"]) == (
        "exchange",
        "service_config",
        "A",
        OUTAGE,
    )


async def test_what_a_person_refuses_is_kept_as_a_candidate_label_without_a_category(bot: Bot) -> None:
    chat = await french_chat(bot)

    await chat.press(await chat.say("le wifi du bureau est lent sur tous les sites"), WRONG)

    [label] = await bot.labels()
    [case] = await bot.cases()
    assert (label["proposed"], label["category"]) == ("network", None)
    assert (case.category, case.wants_a_person, case.holder) == (None, True, "administrators")


async def test_an_administrators_case_goes_to_support_and_an_end_users_to_the_administrators(bot: Bot) -> None:
    admin = bot.teams.person("Ada", locale="fr-FR")
    tenant, *_ = await bot.store.tenant(bot.teams.tenant)
    await bot.store.describe_tenant(tenant, (admin.directory_id,))
    for person in (admin, bot.teams.person("Ugo", locale="fr-FR")):
        chat = await bot.teams.personal(person)
        await chat.press(await proposal(chat), OPEN)

    holders = {case.requester: case.holder for case in await bot.cases()}

    assert holders == {"Ada": "support", "Ugo": "administrators"}


async def test_in_a_group_everybody_is_answered_in_their_own_chat_and_language(bot: Bot) -> None:
    ann, ben = bot.teams.person("Ann", locale="fr-FR"), bot.teams.person("Ben", locale="en-GB")
    hers, his = await bot.teams.personal(ann), await bot.teams.personal(ben)
    group = await bot.teams.group([ann, ben])

    await group.say(OUTAGE, ann)
    await group.say("my cases", ben)

    assert "Voici ce que j’ai compris" in (await hers.wait(2))[1].says
    assert "There are none" in (await his.wait(2))[1].says


async def test_what_is_said_in_a_group_is_read_once_for_both_of_its_turns(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    async def reading(reader: LocalReader, text: str) -> Reading:
        read.append(text)
        return await once(reader, text)

    once = LocalReader.read
    monkeypatch.setattr(LocalReader, "read", reading)
    ann = bot.teams.person("Ann", locale="fr-FR")
    hers, group = await bot.teams.personal(ann), await bot.teams.group([ann])

    await group.say(OUTAGE, ann)
    await hers.wait_for("Voici ce que j’ai compris")

    assert read.count(OUTAGE) == 1


async def test_many_messages_at_once_in_one_conversation_are_all_answered(bot: Bot) -> None:
    chat = await french_chat(bot)

    turns = await asyncio.gather(*(chat.post(chat.activity("message", text="bonjour")) for _ in range(20)))

    await chat.wait(20)
    assert {turn.status for turn in turns} == {200}
    assert await bot.count("inbox") == 20


async def test_a_turn_that_breaks_leaves_nothing_and_says_so(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = await french_chat(bot)

    def broken(_text: str) -> None:
        raise RuntimeError("the classifier is broken")

    with monkeypatch.context() as patch:
        patch.setattr(bot.classifier, "predict", broken)
        turn = await chat.say(OUTAGE)

    assert turn.accepted
    assert "n’a pas été enregistré" in turn.says
    assert await bot.count("inbox") == 0
    assert "Voici ce que j’ai compris" in (await chat.redeliver_with_new_id(turn, expect=1)).says


async def test_while_the_database_is_away_people_learn_that_nothing_was_recorded(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await french_chat(bot)
    turn = await proposal(chat)

    async def away(*_: object) -> None:
        raise Unavailable("connection refused")

    with monkeypatch.context() as patch:
        patch.setattr("bot.store.sql.TurnTransaction.begin", away)
        press = await chat.press(turn, OPEN)

    assert press.accepted
    assert "n’a pas été enregistré" in press.says
    assert "T-" not in press.says
    assert "Le dossier T-" in (await chat.press(turn, OPEN)).says
