"""What every channel does besides delivering messages: it shows that the bot is at work, and opens a chat with one person."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from rich.console import Console

from bot.channel.botframework.connector import Connector
from bot.channel.botframework.credentials import Anonymous
from bot.channel.botframework.hosts import LOOPBACK
from bot.channel.botframework.session import Session
from bot.channel.terminal import Terminal
from bot.envelope import Address, Etiquette, Sender, TryLater, Undeliverable
from tests.fakes.connector import FakeTeams, Fault


class Stage:
    """A channel, and somebody met in it."""

    def __init__(self, channel: Etiquette, teams: FakeTeams) -> None:
        self.channel = channel
        self.teams = teams
        self.alice = teams.person("Alice")
        self.sender = Sender(self.alice.directory_id, "Alice", self.alice.id)
        self.group = Address("msteams", teams.tenant, "19:group", teams.service_url, teams.bot_id, group=True)


@pytest.fixture
async def in_teams() -> AsyncIterator[Stage]:
    async with FakeTeams() as teams:
        session = Session()
        yield Stage(Connector(session, Anonymous(), LOOPBACK, seconds=0.5), teams)
        await session.close()


@pytest.fixture(params=["terminal", "Teams"])
def stage(request: pytest.FixtureRequest, in_teams: Stage) -> Stage:
    return Stage(Terminal(Console(), "en"), in_teams.teams) if request.param == "terminal" else in_teams


async def test_a_sign_of_work_never_fails(stage: Stage) -> None:
    await stage.channel.show_typing(stage.group)  # of a conversation that the connector does not know


async def test_a_chat_with_one_person_is_opened_where_they_can_be_reached(stage: Stage) -> None:
    chat = await stage.teams.personal(stage.alice)
    opened = await stage.channel.open_chat(stage.group, stage.sender)
    assert opened.service_url == stage.group.service_url
    if isinstance(stage.channel, Connector):
        assert (opened.conversation, opened.group) == (chat.id, False)


async def test_whoever_is_there_has_a_name(stage: Stage) -> None:
    group = await stage.teams.group([stage.alice])
    assert await stage.channel.name_of(replace(stage.group, conversation=group.id), stage.sender) == "Alice"


@pytest.mark.parametrize("known", [True, False])
async def test_the_connector_is_asked_for_the_person_by_whatever_it_calls_them(in_teams: Stage, known: bool) -> None:
    chat = await in_teams.teams.personal(in_teams.alice)
    sender = Sender(in_teams.alice.directory_id, "Alice", in_teams.alice.id if known else "")
    assert (await in_teams.channel.open_chat(in_teams.group, sender)).conversation == chat.id


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        (Fault("POST .*/conversations$", 403), Undeliverable),
        (Fault("POST .*/conversations$", 404), Undeliverable),
        (Fault("POST .*/conversations$", 201, body={}), Undeliverable),
        (Fault("POST .*/conversations$", 429, headers={"Retry-After": "3"}), TryLater),
        (Fault("POST .*/conversations$", 503), TryLater),
        (Fault("POST .*/conversations$", 0), TryLater),
        (Fault("POST .*/conversations$", 201, delay=2), TryLater),
    ],
)
async def test_a_chat_that_cannot_be_opened_says_whether_it_may_be_later(
    in_teams: Stage, fault: Fault, raised: type[Exception]
) -> None:
    in_teams.teams.faults.append(fault)
    with pytest.raises(raised):
        await in_teams.channel.open_chat(in_teams.group, in_teams.sender)
