"""A card that was forwarded, a number that was guessed, a value that was forged: nobody gets more by it than they could do anyway."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.store.tables import audit, cases, partners, surveys, tenants
from bot.store.transaction import transaction
from dialogs.cases import DEEDS
from dialogs.passing import CONSENTS, GET
from tests.bots import Bot
from tests.fakes import cards
from tests.fakes.connector import Chat, FakeTeams

SECRET = "Nobody in the company receives any mail since this morning, and the merger closes today"
VERBS = [*DEEDS, *CONSENTS, GET, "case", "escalate", "submit", "packet", "follow_up", "rate", "add"]
EVERYTHING = {
    "words": "let me in",
    "category": "billing",
    "severity": "A",
    "round": "1",
    "rating": "5",
    "title": "mine",
    "description": "mine",
    "contact": "me",
    "tenant": "",
    "administrators": "eve",
}
STRANGERS = ["a colleague", "a stranger", "an administrator elsewhere", "a partner of another tenant"]


@dataclass
class Stage:
    """A case in one tenant, and people who have no business with it."""

    bot: Bot
    number: str
    strangers: dict[str, Chat]

    async def rows(self) -> list[Any]:
        """All that may not change."""
        async with transaction(self.bot.store._engine) as connection:
            return [
                (await connection.execute(select(table).order_by(*table.primary_key))).all()
                for table in (cases, audit, surveys, tenants, partners)
            ]


@pytest.fixture(params=["with administrators", "with support", "closed"])
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncIterator[Stage]:
    ada, ugo = (bot.teams.person(name) for name in ("Ada", "Ugo"))
    here, *_ = await bot.store.tenant(bot.teams.tenant)
    await bot.store.describe_tenant(replace(here, name="Contoso"), (ada.directory_id,))
    owner = await bot.teams.personal(ugo if request.param == "with administrators" else ada)
    number = await opened(owner, bot)
    if request.param == "closed":
        await owner.press(await owner.say(number), "It is solved")
    async with FakeTeams(bot.teams.bot_url) as elsewhere:
        eve, pat = (elsewhere.person(name) for name in ("Eve", "Pat"))
        there, *_ = await bot.store.tenant(elsewhere.tenant)
        await bot.store.describe_tenant(replace(there, name="Fabrikam"), (eve.directory_id,))
        third, *_ = await bot.store.tenant("third")
        await bot.store.describe_tenant(replace(third, name="Third"), (), (pat.directory_id,))
        strangers = [
            await bot.teams.personal(bot.teams.person("Cal")),
            await elsewhere.personal(elsewhere.person("Sid")),
            await elsewhere.personal(eve),
            await elsewhere.personal(pat),
        ]
        for chat in strangers:
            await chat.say("english")
        yield Stage(bot, number, dict(zip(STRANGERS, strangers, strict=True)))


@pytest.mark.parametrize("who", STRANGERS)
async def test_no_button_of_somebody_elses_case_does_or_shows_anything(stage: Stage, who: str) -> None:
    chat = stage.strangers[who]
    card = await chat.say("help")
    before = await stage.rows()

    for verb in VERBS:
        data = {**EVERYTHING, "verb": verb, "token": secrets.token_urlsafe(8), "case": stage.number}
        turn = await chat.invoke(card.replies[0], verb, data)
        assert turn.accepted, (verb, turn.body)
        assert "merger" not in str(turn.body), verb
    assert "merger" not in (await chat.say(stage.number)).says

    assert await stage.rows() == before


@pytest.mark.parametrize("who", STRANGERS)
async def test_no_list_names_somebody_elses_case(stage: Stage, who: str) -> None:
    chat = stage.strangers[who]
    for command in ("my cases", "queue", "service requests", "escalate", "solved", "switch organisation", "settings"):
        said = (await chat.say(command)).says
        assert stage.number not in said, command
        assert "merger" not in said, command
        assert "Contoso" not in said or who == "a colleague", command


@pytest.mark.parametrize("who", ["a colleague", "a stranger", "a partner of another tenant"])
async def test_nobody_makes_themselves_an_administrator(stage: Stage, who: str) -> None:
    chat = stage.strangers[who]
    card = (await chat.say("help")).replies[0]
    before = await stage.rows()
    for tenant in (stage.bot.teams.tenant, "third", ""):
        chosen = {"verb": "act_for", "token": "x", "tenant": tenant}
        if who != "a partner of another tenant":
            await chat.invoke(card, "act_for", chosen)
        settings = {**EVERYTHING, "verb": "save_organisation", "token": "y", "tenant": tenant, "plan": "advanced"}
        assert (await chat.invoke(card, "save_organisation", settings)).accepted

    assert await stage.rows() == before


async def test_an_unknown_number_and_a_foreign_one_are_answered_alike(stage: Stage) -> None:
    chat = stage.strangers["a stranger"]
    assert (await chat.say(stage.number)).says == (await chat.say("T-222-2222")).says


async def test_a_partner_sees_the_case_only_while_the_tenant_delegates(stage: Stage) -> None:
    chat = stage.strangers["a partner of another tenant"]
    here, administrators, _ = await stage.bot.store.tenant(stage.bot.teams.tenant)
    pat = chat.people[0].directory_id
    await stage.bot.store.describe_tenant(here, administrators, (pat,))

    choice = await chat.say("switch organisation")
    chosen = await chat.press(choice, "This one", {"tenant": here.id})
    assert "Contoso" in chosen.says
    assert "merger" in (await chat.say(stage.number)).says

    await stage.bot.store.describe_tenant(here, administrators, ())
    assert "merger" not in (await chat.say(stage.number)).says


async def opened(chat: Chat, bot: Bot) -> str:
    """A case of this person's about the secret, whatever has to be answered on the way."""
    await chat.say("english")
    turn = await chat.say(SECRET)
    for _ in range(4):
        buttons = cards.buttons(turn.card or next(reversed(turn.cards)))
        titles = {button["data"]["verb"]: button["title"] for button in reversed(buttons) if "data" in button}
        if "open" in titles:
            await chat.press(turn, titles["open"])
            return (await bot.cases())[0].number
        turn = await chat.press(turn, titles.get("choose") or titles["answer"])
    raise AssertionError(turn.says)
