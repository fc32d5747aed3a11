"""A colleague's message becomes a case, cases are found and shared: from group chats and channels, over HTTP, on both databases."""

from __future__ import annotations

import asyncio

import pytest

from handoff.people import Tenant
from tests.bots import Bot
from tests.fakes import cards
from tests.fakes.connector import Chat, Person
from tests.fakes.extension import (
    LINK,
    a_message,
    in_window,
    look,
    pick,
    posted,
    previews,
    search,
    send,
    submission,
    to_share,
    told,
)

OUTAGE = "Nobody can send or receive mail since this morning"
WIFI = "le wifi du bureau est lent sur tous les sites"
OPEN, BACK, WRONG = "Open the case", "Back", "That is wrong"


async def group(bot: Bot, *names: str) -> tuple[Chat, list[Person]]:
    people = [bot.teams.person(name) for name in names or ("Alice", "Bob")]
    return await bot.teams.group(people), people


def read(card: dict[str, object]) -> str:
    return "\n".join(cards.texts(card))


async def test_a_message_is_proposed_corrected_and_opened(bot: Bot) -> None:
    chat, _ = await group(bot)
    window = await pick(chat, a_message(f"<p>{OUTAGE}&nbsp;<at id='0'>Carol</at></p>"))
    form = in_window(window)
    assert "Bob Martin wrote:" in read(form)
    fields = cards.fields(form)
    assert (fields["category"]["value"], fields["severity"]["value"]) == ("exchange", "A")
    assert fields["summary"]["value"] == f"{OUTAGE} Carol"

    shared = to_share(await send(chat, window, OPEN, severity="B", summary="No mail for anybody"))[0]
    [case] = await bot.cases()
    assert (case.category, case.severity, case.requester, case.holder) == ("exchange", "B", "Alice", "administrators")
    assert case.description.split("\n") == [
        "No mail for anybody",
        "",
        "Bob Martin wrote in Teams:",
        f"{OUTAGE} Carol",
        LINK,
    ]
    assert read(shared).count(case.number) == 1
    assert "Status" in read(shared)
    assert "mail" not in read(shared).lower(), "everybody in the chat reads this"
    assert shared["refresh"]["action"]["verb"] == "shared"
    assert "userIds" not in shared["refresh"], "Teams then refreshes it for all in a small chat"
    assert [label["severity"] for label in await bot.labels()] == ["B"]


async def test_the_author_and_the_link_stand_on_the_card_of_the_case(bot: Bot) -> None:
    alice = bot.teams.person("Alice")
    personal = await bot.teams.personal(alice, install=True)
    await personal.wait(1)
    chat = await bot.teams.group([alice])
    await send(chat, await pick(chat, a_message(OUTAGE)), OPEN)
    heard = await personal.wait(2)
    [case] = await bot.cases()
    assert f"Case {case.number} is open" in heard[-1].says, "whoever opened it is told in their own chat"
    shown = await personal.press(heard[-1], "Show the case")
    assert "Bob Martin" in shown.says
    assert {"type": "Action.OpenUrl", "title": "Open the message", "url": LINK} in cards.buttons(shown.card or {})


async def test_a_window_sent_many_times_opens_one_case(bot: Bot) -> None:
    chat, _ = await group(bot)
    window = await pick(chat, a_message(OUTAGE))
    activity = submission(chat, window, OPEN, {}, None)
    turns = await asyncio.gather(*(chat.post({**activity, "id": f"f:{again // 2}"}) for again in range(6)))
    assert [turn.status for turn in turns] == [200] * 6
    [case] = await bot.cases()
    assert {read(to_share(turn)[0]).split("\n")[0] for turn in turns} == {f"Case {case.number}"}
    assert (await bot.deeds())["opened"] == 1


async def test_two_windows_over_two_messages_are_two_cases(bot: Bot) -> None:
    chat, _ = await group(bot)
    first = await pick(chat, a_message(OUTAGE))
    second = await pick(chat, a_message("Teams calls drop after a minute for everybody", id="1700000000001"))
    await send(chat, second, OPEN)
    await send(chat, first, OPEN)
    assert sorted(str(case.category) for case in await bot.cases()) == ["exchange", "skype_teams"]


async def test_a_message_that_was_passed_on_before_says_so(bot: Bot) -> None:
    chat, _ = await group(bot)
    await send(chat, await pick(chat, a_message(OUTAGE)), OPEN)
    [case] = await bot.cases()
    assert f"passed this message on already: case {case.number}" in read(in_window(await pick(chat, a_message(OUTAGE))))


async def test_what_is_not_ours_is_told_in_the_window_and_opens_nothing(bot: Bot) -> None:
    chat, people = await group(bot)
    people[0] = bot.teams.person("Alice", locale="fr-FR")
    window = await pick(chat, a_message(WIFI), people[0])
    away = await send(chat, window, "Ouvrir le dossier", people[0])
    assert "équipe réseau" in read(in_window(away))
    assert await bot.cases() == []

    again = await send(chat, away, "Retour", people[0])
    assert cards.fields(in_window(again))["summary"]["value"] == WIFI
    shared = to_share(await send(chat, away, "C’est faux", people[0]))[0]
    [case] = await bot.cases()
    assert case.number in read(shared)
    assert (case.wants_a_person, case.category) == (True, None)
    assert WIFI in case.description
    assert [label["text"] for label in await bot.labels()] == [WIFI]


async def test_an_administrators_case_goes_straight_to_support(bot: Bot) -> None:
    chat, [ada] = await group(bot, "Ada")
    await bot.store.describe_tenant(Tenant(bot.teams.tenant, "enterprise_e3"), [ada.directory_id])
    await send(chat, await pick(chat, a_message(OUTAGE)), OPEN)
    [case] = await bot.cases()
    assert (case.holder, case.status) == ("support", "escalated")


async def test_a_partner_chooses_for_whom_in_the_window(bot: Bot) -> None:
    chat, [pat] = await group(bot, "Pat")
    await bot.store.describe_tenant(Tenant("fabrikam", "business", "Fabrikam"), partners_=[pat.directory_id])
    window = await pick(chat, a_message(OUTAGE))
    assert "Fabrikam" in read(in_window(window))
    await send(chat, window, OPEN, tenant="fabrikam")
    [case] = await bot.cases()
    assert (case.tenant, case.holder) == ("fabrikam", "support")


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (a_message("<p> </p><img src='x'>"), "There is no text in this message"),
        (a_message(OUTAGE, attachments=[{"id": "1"}]), "which Teams does not pass on"),
        (a_message(f"{OUTAGE}<img src='https://graph.microsoft.com/x'>"), "which Teams does not pass on"),
        (a_message(OUTAGE, **{"from": {"application": {"displayName": "Build bot"}}}), "Build bot wrote:"),
        (a_message(OUTAGE, **{"from": None}), "Somebody wrote:"),
    ],
)
async def test_what_a_message_lacks_is_said(bot: Bot, message: dict[str, object], says: str) -> None:
    chat, _ = await group(bot)
    assert says in read(in_window(await pick(chat, message)))


async def test_an_unclear_message_is_not_guessed_at(bot: Bot) -> None:
    chat, _ = await group(bot)
    window = await pick(chat, a_message("it does not work"))
    fields = cards.fields(in_window(window))
    assert "value" not in fields["category"]
    assert fields["category"]["isRequired"]
    value = {"verb": "send", "token": "t", "message": "1700000000000", "severity": "B", "summary": "x", "category": ""}
    activity = chat.activity(
        "invoke", name="composeExtension/submitAction", value={"commandId": "escalate", "data": value}
    )
    assert "Please choose a category" in read(in_window(await chat.post(activity)))
    assert await bot.cases() == []


async def test_a_link_that_is_not_of_teams_is_not_kept(bot: Bot) -> None:
    chat, _ = await group(bot)
    for place, link in enumerate(
        (
            "https://evil.example/l/message/1",
            "http://teams.microsoft.com/l",
            "https://teams.microsoft.com@evil.example/",
            7,
        )
    ):
        await send(chat, await pick(chat, a_message(OUTAGE, id=f"m{place}", linkToMessage=link)), OPEN)
    assert ["http" in case.description for case in await bot.cases()] == [False] * 4


async def test_a_window_of_another_person_opens_nothing(bot: Bot) -> None:
    chat, [_, bob] = await group(bot)
    window = await pick(chat, a_message(OUTAGE))
    assert "too old to be sent" in told(await send(chat, window, OPEN, bob))
    assert await bot.cases() == []


async def test_a_shared_card_shows_each_viewer_what_they_may_see(bot: Bot) -> None:
    chat, [alice, bob, ada] = await group(bot, "Alice", "Bob", "Ada")
    await bot.store.describe_tenant(Tenant(bot.teams.tenant, "enterprise_e3"), [ada.directory_id])
    sent = posted(chat, to_share(await send(chat, await pick(chat, a_message(OUTAGE)), OPEN))[0])
    [case] = await bot.cases()
    for who, may in ((alice, True), (ada, True), (bob, False)):
        seen = read(await look(chat, sent, who))
        assert case.number in seen
        assert ("Exchange Online" in seen, OUTAGE in seen) == (may, may), who.name

    personal = await bot.teams.personal(ada)
    await personal.press(await personal.say(case.number), "I take care of it")
    assert "with an administrator" in read(await look(chat, sent, bob)), "the state is today's"
    assert await bot.count("inbox") == 4, "looking leaves no trace: two invokes, two messages"


async def test_another_organisation_reads_nothing_anew(bot: Bot) -> None:
    chat, _ = await group(bot, "Alice")
    sent = posted(chat, to_share(await send(chat, await pick(chat, a_message(OUTAGE)), OPEN))[0])
    bot.teams.tenant = "fabrikam"
    stranger = bot.teams.person("Mallory")
    seen = await look(chat, sent, stranger)
    assert "There is no such case that you can see" in read(seen)
    assert told(await search(chat, "mail", stranger)).startswith("No case that you may see fits")


async def test_in_a_channel_the_card_names_who_shares_it(bot: Bot) -> None:
    alice = bot.teams.person("Alice")
    chat = await bot.teams.channel([alice])
    [shared] = to_share(await send(chat, await pick(chat, a_message(OUTAGE)), OPEN))
    assert shared["refresh"]["userIds"] == [alice.id]
    seen = await look(chat, posted(chat, shared), alice)
    assert seen["refresh"]["userIds"] == [alice.id]


async def test_cases_are_found_by_number_word_and_state(bot: Bot) -> None:
    chat, [alice, bob] = await group(bot)
    await send(chat, await pick(chat, a_message(OUTAGE)), OPEN)
    await send(chat, await pick(chat, a_message("My OneDrive does not sync 100% any more", id="2")), OPEN)
    await send(
        chat, await pick(chat, a_message("Bob’s calendar is empty", id="3"), bob), OPEN, bob, category="exchange"
    )
    drive, mail = (one.number for one in await bot.cases() if one.requester == "Alice")
    personal = await bot.teams.personal(alice)
    await personal.press(await personal.say(mail), "It is solved")

    async def numbers(query: str, who: Person = alice) -> list[str]:
        return [hit.split(" ")[0] for hit in previews(await search(chat, query, who))]

    assert await numbers("") == [drive, mail], "the latest, of one's own"
    assert await numbers(mail.lower()) == [mail]
    assert await numbers("onedrive") == [drive]
    assert await numbers("100%") == [drive]
    assert await numbers("closed") == [mail]
    assert await numbers("ouvert") == [drive]
    assert await numbers("open mail") == []
    assert await numbers("exchange") == [mail]
    assert len(await numbers("", bob)) == 1
    [hit] = to_share(await search(chat, drive, alice))
    assert "OneDrive" not in read(hit), "what is shared is read by everybody"


async def test_an_administrator_finds_the_cases_of_the_organisation_and_nobody_elses(bot: Bot) -> None:
    chat, [_, ada] = await group(bot, "Alice", "Ada")
    await bot.store.describe_tenant(Tenant(bot.teams.tenant, "enterprise_e3"), [ada.directory_id])
    await send(chat, await pick(chat, a_message(OUTAGE)), OPEN)
    assert len(previews(await search(chat, "", ada))) == 1
    home, bot.teams.tenant = bot.teams.tenant, "elsewhere"
    assert previews(await search(chat, "", ada)) == []
    bot.teams.tenant = home
