"""Who administers: what Graph says counts for a stated time, never grants more, and never holds a turn up."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.directory import Directory, Graph, GraphDirectory, TenantList, load_roles
from bot.settings import ROOT
from bot.standing import Standing
from dialogs.rows import BadPhrases
from tests.bot.directory.test_graph import ADMIN, ANN, Tokens
from tests.bots import Bot, Clock
from tests.fakes.connector import Chat
from tests.fakes.graph import FakeGraph
from tests.fakes.server import serving

BEN = "22222222-2222-4222-8222-222222222222"
OUTAGE = "nobody can open the HR SharePoint site since this morning"


class Notes:
    """A memory in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Standing] = {}
        self.broken = False

    async def find(self, tenant: str, person: str) -> Standing | None:
        return self.kept.get((tenant, person))

    async def keep(self, tenant: str, person: str, standing: Standing) -> None:
        if self.broken:
            raise RuntimeError("the database is away")
        self.kept[tenant, person] = standing

    async def older(self, tenant: str, than: object) -> list[str]:
        return [person for _, person in self.kept]


class Stage:
    def __init__(self, fake: FakeGraph, url: str) -> None:
        self.fake = fake
        self.notes = Notes()
        self.clock = Clock()
        graph = Graph(Tokens(), url, seconds=3)
        self.directory = GraphDirectory(graph, self.notes, frozenset({ADMIN}), "contoso", self.clock)

    async def asks(self, person: str = ANN) -> bool | None:
        return await self.directory.administers("contoso", person)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    fake = FakeGraph({ANN: ["other", "another", ADMIN], BEN: ["other"]})
    async with serving(fake.application) as url:
        made = Stage(fake, url)
        yield made
        await made.directory.close()


# what every directory does


@pytest.fixture(params=["the tenant's list", "Graph"])
def directory(request: pytest.FixtureRequest, stage: Stage) -> Directory:
    return TenantList() if request.param == "the tenant's list" else stage.directory


@pytest.mark.parametrize(("tenant", "person"), [("fabrikam", ANN), ("contoso", "29:guest"), ("contoso", ""), ("", ANN)])
async def test_of_whom_a_directory_knows_nothing_it_says_nothing(
    directory: Directory, tenant: str, person: str
) -> None:
    assert await directory.administers(tenant, person) is None


async def test_a_directory_starts_and_closes(directory: Directory) -> None:
    await directory.start()
    await directory.close()


# Graph


async def test_a_role_of_the_table_makes_an_administrator_and_no_other_does(stage: Stage) -> None:
    assert await stage.asks(ANN) is True
    assert await stage.asks(BEN) is False


async def test_a_fresh_answer_is_not_asked_for_again(stage: Stage) -> None:
    await stage.asks()
    questions = len(stage.fake.asked)
    stage.clock.advance(minutes=14)
    assert await stage.asks() is True
    assert len(stage.fake.asked) == questions


async def test_a_role_that_was_taken_away_is_gone_after_a_quarter_of_an_hour(stage: Stage) -> None:
    await stage.asks()
    stage.fake.roles[ANN] = []
    stage.clock.advance(minutes=16)
    assert await stage.asks() is False


@pytest.mark.parametrize("status", [401, 403, 429, 500])
@pytest.mark.parametrize(("person", "was"), [(ANN, True), (BEN, False)])
async def test_while_graph_is_away_the_last_answer_counts_for_four_hours(
    stage: Stage, status: int, person: str, was: bool
) -> None:
    await stage.asks(person)
    stage.fake.status = status
    stage.clock.advance(hours=3, minutes=59)
    assert await stage.asks(person) is was
    stage.clock.advance(minutes=2)
    assert await stage.asks(person) is None


async def test_nobody_is_granted_anything_that_graph_never_said(stage: Stage) -> None:
    stage.fake.status = 500
    assert await stage.asks() is None


async def test_after_a_failure_graph_is_left_alone_for_a_while(stage: Stage) -> None:
    stage.fake.status = 500
    for _ in range(5):
        await stage.asks()
    assert len(stage.fake.asked) == 1
    stage.fake.status = 200
    stage.clock.advance(seconds=16)
    assert await stage.asks() is True


async def test_a_throttled_graph_is_left_alone_for_as_long_as_it_wishes(stage: Stage) -> None:
    stage.fake.status, stage.fake.headers = 429, {"Retry-After": "120"}
    await stage.asks()
    stage.fake.status = 200
    stage.clock.advance(seconds=60)
    assert await stage.asks() is None
    stage.clock.advance(seconds=61)
    assert await stage.asks() is True


async def test_a_hanging_graph_costs_a_turn_two_seconds_at_most_and_the_answer_comes_later(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.directory.cached.WAIT_SECONDS", 0.2)
    stage.fake.hangs = True
    begun = time.monotonic()
    assert await stage.asks() is None
    assert time.monotonic() - begun < 1.5


async def test_many_who_ask_about_one_person_ask_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.directory.cached.WAIT_SECONDS", 30.0)  # a busy machine may take its time here
    answers = await asyncio.gather(*(stage.asks() for _ in range(20)))
    assert set(answers) == {True}
    assert len(stage.fake.asked) == 2  # one for each page


async def test_an_answer_that_cannot_be_kept_is_as_good(stage: Stage) -> None:
    stage.notes.broken = True
    assert await stage.asks() is True


async def test_administrators_are_looked_up_again_while_they_are_silent(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.directory.cached.LOOK_SECONDS", 0.05)
    await stage.asks()
    before = stage.notes.kept["contoso", ANN]
    stage.clock.advance(minutes=20)
    await stage.directory.start()
    async with asyncio.timeout(5):
        while stage.notes.kept["contoso", ANN] == before:
            await asyncio.sleep(0.02)


# in the bot


@pytest.fixture
async def asking(bot: Bot) -> AsyncIterator[tuple[Bot, FakeGraph]]:
    """The bot, with Graph behind it."""
    fake = FakeGraph()
    async with serving(fake.application) as url:
        graph = Graph(Tokens(), url, seconds=3)
        bot.directory = GraphDirectory(graph, bot.store.directory, frozenset({ADMIN}), bot.teams.tenant, bot.clock)
        await bot.start()
        yield bot, fake


async def opens(chat: Chat) -> None:
    await chat.press(await chat.say(OUTAGE), "Open the case")


async def test_whom_graph_calls_an_administrator_has_their_case_with_support(asking: tuple[Bot, FakeGraph]) -> None:
    bot, graph = asking
    ada, ugo = bot.teams.person("Ada"), bot.teams.person("Ugo")
    graph.roles = {ada.directory_id: [ADMIN], ugo.directory_id: []}
    for person in (ada, ugo):
        await opens(await bot.teams.personal(person))
    assert {case.requester: case.holder for case in await bot.cases()} == {"Ada": "support", "Ugo": "administrators"}


async def test_whom_graph_calls_an_administrator_is_told_of_a_new_case(asking: tuple[Bot, FakeGraph]) -> None:
    bot, graph = asking
    ada, ugo = bot.teams.person("Ada"), bot.teams.person("Ugo")
    graph.roles = {ada.directory_id: [ADMIN], ugo.directory_id: []}
    hers = await bot.teams.personal(ada)
    await hers.say("hello")
    await opens(await bot.teams.personal(ugo))
    assert "from Ugo" in (await hers.wait(2))[1].says


async def test_an_end_user_is_told_whom_graph_calls_an_administrator(asking: tuple[Bot, FakeGraph]) -> None:
    bot, graph = asking
    ada, ugo = bot.teams.person("Ada"), bot.teams.person("Ugo")
    graph.roles = {ada.directory_id: [ADMIN], ugo.directory_id: []}
    await (await bot.teams.personal(ada)).say("hello")
    assert (
        "Only your administrators submit service requests: Ada"
        in (await (await bot.teams.personal(ugo)).say("escalate")).says
    )


async def test_graphs_no_goes_before_the_tenants_own_list(asking: tuple[Bot, FakeGraph]) -> None:
    bot, graph = asking
    ada, ugo = bot.teams.person("Ada"), bot.teams.person("Ugo")
    tenant, *_ = await bot.store.tenant(bot.teams.tenant)
    await bot.store.describe_tenant(tenant, (ada.directory_id,))
    graph.roles = {ada.directory_id: [], ugo.directory_id: []}
    hers = await bot.teams.personal(ada)
    assert "You cannot" in (await hers.say("settings")).says
    await opens(await bot.teams.personal(ugo))
    await asyncio.sleep(0.2)
    assert "from Ugo" not in "".join(sent.says for sent in hers.heard)


async def test_where_graph_has_never_answered_the_tenants_own_list_decides(asking: tuple[Bot, FakeGraph]) -> None:
    bot, graph = asking
    ada, ugo = bot.teams.person("Ada"), bot.teams.person("Ugo")
    tenant, *_ = await bot.store.tenant(bot.teams.tenant)
    await bot.store.describe_tenant(tenant, (ada.directory_id,))
    graph.status = 503
    assert "You cannot" not in (await (await bot.teams.personal(ada)).say("settings")).says
    assert "You cannot" in (await (await bot.teams.personal(ugo)).say("settings")).says


# the store's memory


async def test_the_store_keeps_the_newest_answer_and_finds_what_is_old(bot: Bot) -> None:
    table, now = bot.store.directory, bot.clock()
    assert await table.find("contoso", ANN) is None
    await table.keep("contoso", ANN, Standing(False, now - timedelta(hours=2)))
    await table.keep("contoso", ANN, Standing(True, now - timedelta(hours=1)))
    await table.keep("contoso", BEN, Standing(False, now - timedelta(hours=1)))
    assert await table.find("contoso", ANN) == Standing(True, now - timedelta(hours=1))
    assert await table.older("contoso", now) == [ANN]
    assert await table.older("contoso", now - timedelta(hours=1, minutes=1)) == []


# the table of roles


def test_the_table_has_the_roles_that_matter_and_no_reader() -> None:
    roles = load_roles(ROOT / "data/rules/directory.toml")
    assert ADMIN in roles
    assert "f023fd81-a637-4b56-95fd-791ac0226033" in roles  # service support
    assert "f2ef992c-3afb-46b9-b7cf-a126ee74c451" not in roles  # global reader
    assert "88d8e3e3-8f55-4a1e-953a-9b9898b8876b" not in roles  # directory readers


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('[[role]]\nid = "a"\ntemplate = "x"\n', "'a': template has to be a GUID, not 'x'"),
        ('[[role]]\nid = "a"\n', "'a': template has to be a GUID"),
        (f'[[role]]\nid = "a"\ntemplate = "{ANN}"\n[[role]]\nid = "b"\ntemplate = "{ANN}"\n', "'b': template"),
        ("", r"there is no \[\[role\]\]"),
    ],
)
def test_a_wrong_table_is_refused_with_file_and_row(tmp_path: Path, row: str, reason: str) -> None:
    path = tmp_path / "directory.toml"
    path.write_text(row)
    with pytest.raises(BadPhrases, match=reason):
        load_roles(path)
