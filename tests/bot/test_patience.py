"""Who presses a button has an answer in time, whatever the turn waits for; what it comes to is told afterwards, once, to nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.directory import TenantList
from bot.envelope import Address, Answer, Envelope, Outgoing, Sender
from bot.metrics import Metrics
from bot.outbox import Relay
from bot.patience import ANSWER_SECONDS, Patience
from bot.store import Unavailable
from bot.store.engines import lock_conversation
from bot.store.outbox import SEPARATOR
from bot.store.transaction import transaction
from classifier.predict import Predictor
from dialogs.scene import Knowledge
from dialogs.values import Incoming, Message
from dialogs.words import Say
from tests.agents import DeskBot, head, office, until
from tests.bots import Bot, Clock
from tests.fakes.connector import INVOKE_SECONDS, Chat, FakeTeams, Fault, Sent, Turn
from tests.fakes.extension import a_message, pick, rate, search, send, told
from tests.fakes.sending import file, send_along

OUTAGE = {
    "en": "nobody can open the HR SharePoint site since this morning",
    "fr": "plus personne ne peut ouvrir le site SharePoint des RH depuis ce matin",
}
OPEN = "Open the case"
SHORT, LONG = (
    0.05,
    60.0,
)  # seconds of patience: where a test holds turns up, and before and after, however busy the machine is
QUIET = 0.2  # seconds after which nothing more is expected


class Held(TenantList):
    """A directory that answers when the test lets it: every turn asks it, before its transaction.

    Meanwhile the bot's `patience` is short, and Teams gives up on an invoke as it does.
    """

    def __init__(self) -> None:
        self.patience = LONG
        self.teams = FakeTeams()
        self.open = asyncio.Event()
        self.open.set()
        self.trouble: Exception | None = None

    async def administers(self, tenant: str, person: str) -> bool | None:
        await self.open.wait()
        if self.trouble:
            raise self.trouble
        return await super().administers(tenant, person)

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Within the block no turn gets on, and nobody is waited for long."""
        self.open.clear()
        self.patience, self.teams.invoke_seconds = SHORT, INVOKE_SECONDS
        try:
            yield
        finally:
            self.patience, self.teams.invoke_seconds = LONG, None
            self.open.set()


@pytest.fixture
def directory(monkeypatch: pytest.MonkeyPatch) -> Held:
    held = Held()
    monkeypatch.setattr(Patience, "_seconds", property(lambda _: held.patience, lambda *_: None), raising=False)
    return held


@pytest.fixture
async def bot(
    database_url: str, tmp_path: Path, classifier: Predictor, knowledge: Knowledge, directory: Held
) -> AsyncIterator[Bot]:
    async with asking(directory, Bot(database_url, tmp_path, classifier, knowledge)) as running:
        yield running


def asking(directory: Held, bot: Bot) -> Bot:
    bot.directory, directory.teams = directory, bot.teams
    return bot


def say(bot: Bot, language: str = "en") -> Say:
    return bot.knowledge.words.voice(language)


async def proposed(bot: Bot, language: str = "en") -> tuple[Chat, Turn]:
    """Alice has a proposal before her."""
    chat = await bot.teams.personal(bot.teams.person("Alice", f"{language}-XX"))
    return chat, await chat.say(OUTAGE[language])


async def opened(bot: Bot, chat: Chat, turn: Turn) -> str:
    """The number of the only case, once the pressed card shows it."""
    card = turn.replies[0].id
    await until(lambda: chat.messages[card].updated, "late card", chat)
    [case] = await bot.cases()
    assert case.number in chat.messages[card].says
    return case.number


async def silence(chat: Chat) -> None:
    """Nothing more is heard here."""
    before = len(chat.heard)
    await asyncio.sleep(QUIET)
    assert [sent.says for sent in chat.heard[before:]] == []


def updates(chat: Chat) -> int:
    return sum(sent.updated for sent in chat.heard)


def late(bot: Bot) -> float:
    return bot.metrics.registry.get_sample_value("triage_invokes_late_total") or 0


def test_the_answer_comes_before_a_client_gives_up() -> None:
    assert ANSWER_SECONDS + 0.5 <= INVOKE_SECONDS


async def test_that_a_file_was_allowed_is_not_acknowledged_before_it_is_recorded(bot: Bot, directory: Held) -> None:
    chat = await bot.teams.personal(bot.teams.person("Alice"))
    turn = await send_along(chat, OUTAGE["en"], file(chat, "trace.log", b"550"), expect=2)
    case = await chat.press(await chat.press(turn, OPEN), "Show the case")
    await chat.press(case, say(bot)("button-files", count=1))
    await until(lambda: any(sent.offer for sent in chat.heard), "offer", chat)
    offer = next(sent for sent in chat.heard if sent.offer)
    with directory.shut():
        allowed = await chat.answer_offer(offer)
        assert allowed.status == 503, "Teams asks again; nothing was said to be done"
    [again] = await chat.deliver_again(allowed, times=1)

    assert again.status == 200
    await until(lambda: any(sent.file for sent in chat.heard), "file", chat)
    await silence(chat)
    assert sum(bool(sent.file) for sent in chat.heard) == 1


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_late_card_takes_the_place_of_the_pressed_one(bot: Bot, directory: Held, language: str) -> None:
    chat, turn = await proposed(bot, language)
    with directory.shut():
        press = await chat.press(turn, say(bot, language)("button-open"))
        assert (press.status, press.notice) == (200, say(bot, language)("late-here"))
        assert await bot.cases() == []
    number = await opened(bot, chat, turn)
    assert late(bot) == 1

    [again] = await chat.deliver_again(press, times=1)
    assert again.card is not None, "the same activity has the answer of its turn"
    assert number in again.says
    assert number in (await chat.redeliver_with_new_id(press)).says
    assert (len(await bot.cases()), updates(chat)) == (1, 1)


async def test_what_is_in_time_is_told_once(bot: Bot) -> None:
    chat, turn = await proposed(bot)
    assert (await chat.press(turn, OPEN)).card is not None
    await silence(chat)
    assert (updates(chat), late(bot)) == (0, 0)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_invoke_is_answered_as_its_name_asks(bot: Bot, directory: Held, language: str) -> None:
    alice, words = bot.teams.person("Alice", f"{language}-XX"), say(bot, language)
    own, group = await bot.teams.personal(alice), await bot.teams.group([alice])
    await own.say(OUTAGE[language])
    window = await pick(group, a_message(OUTAGE[language]))
    proposal = own.heard[-1]
    with directory.shut():
        assert told(await pick(group, a_message(OUTAGE[language]))) == words("late-again")
        assert told(await send(group, window, words("button-open"))) == words("late-elsewhere")
        assert told(await search(group, "mail")) == words("late-again")
        thumb = await rate(own, proposal, "like")
        assert (thumb.status, thumb.body) == (200, ""), "Teams takes an empty body, and only that"
        assert (await group.invoke(Sent("1", {}), "case", {"case": "?"})).notice == words("late-elsewhere")
        assert (await own.invoke(proposal, "shared", {"case": "?"})).notice == words("late-again")
    await silence(group)


async def test_what_is_delivered_again_meanwhile_is_the_same_turn(bot: Bot, directory: Held) -> None:
    chat, turn = await proposed(bot)
    with directory.shut():
        press = await chat.press(turn, OPEN)
        again = await chat.deliver_again(press, times=2)
        other = await chat.redeliver_with_new_id(press)
        assert [one.body for one in (*again, other)] == [press.body] * 3
    await opened(bot, chat, turn)
    await chat.wait_for("done already")
    await silence(chat)
    [_, card, said] = chat.heard
    assert (card.updated, said.updated, late(bot)) == (True, False, 2), "one answer for each press"
    assert (await bot.deeds())["opened"] == 1


async def test_what_another_replica_has_answered_is_told_by_that_one_alone(bot: Bot, directory: Held) -> None:
    chat, turn = await proposed(bot)
    with directory.shut():
        press = await chat.press(turn, OPEN)
        await bot.start()  # from now on, Teams comes to this one
        [again] = await chat.deliver_again(press, times=1)
        assert again.body == press.body
    await opened(bot, chat, turn)
    await silence(chat)
    assert (updates(chat), late(bot)) == (1, 2)


async def test_a_database_that_is_busy_is_waited_for_behind_the_answer(bot: Bot, directory: Held) -> None:
    chat, turn = await proposed(bot)
    directory.patience = SHORT
    async with transaction(bot.store._engine) as busy:  # on SQLite it is the only writer
        await lock_conversation(busy, SEPARATOR.join(("msteams", bot.teams.tenant, chat.id, "")))
        assert (await chat.press(turn, OPEN)).notice == say(bot)("late-here")
    await opened(bot, chat, turn)


async def test_a_message_is_acknowledged_when_it_is_recorded_and_not_before(bot: Bot, directory: Held) -> None:
    chat, _ = await proposed(bot)
    with directory.shut():
        saying = asyncio.create_task(chat.say("hello"))
        await asyncio.sleep(3 * SHORT)
        assert not saying.done()
    assert "Alice" in (await saying).says
    assert late(bot) == 0


async def test_a_card_that_is_gone_comes_as_a_new_message(bot: Bot, directory: Held) -> None:
    chat, turn = await proposed(bot)
    bot.teams.faults.append(Fault("PUT .*", 404))
    with directory.shut():
        await chat.press(turn, OPEN)
    [*_, new] = await chat.wait_for("is open")
    assert (new.updated, new.id) != (True, turn.replies[0].id)


async def test_a_turn_that_fails_late_tells_that_nothing_was_recorded(bot: Bot, directory: Held) -> None:
    chat, turn = await proposed(bot)
    with directory.shut():
        await chat.press(turn, OPEN)
        directory.trouble = RuntimeError("a bug")
    await chat.wait_for("was not recorded")
    assert updates(chat) == 0, "the card and its buttons stay"
    directory.trouble = None
    assert (await chat.press(turn, OPEN)).card is not None
    assert len(await bot.cases()) == 1


async def test_a_process_that_dies_before_it_tells_loses_nothing_else(
    bot: Bot, directory: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def die(*_: Any) -> None:
        """Nothing is told: the process is no more."""

    monkeypatch.setattr(Patience, "_tell", die)
    chat, turn = await proposed(bot)
    with directory.shut():
        press = await chat.press(turn, OPEN)
    async with asyncio.timeout(10):
        while not await bot.cases():
            await asyncio.sleep(0.02)
    [case] = await bot.cases()
    assert updates(chat) == 0
    await bot.start()
    [again] = await chat.deliver_again(press, times=1)
    assert again.card is not None
    assert case.number in again.says
    assert case.number in (await chat.press(turn, OPEN)).says
    assert len(await bot.cases()) == 1


async def test_what_cannot_be_recorded_is_said_once_directly(knowledge: Knowledge) -> None:
    class Away:
        def ringing(self) -> Any:
            raise Unavailable("away")

    class Wire:
        async def send(self, outgoing: Outgoing) -> str:
            sent.append(outgoing)
            return ""

    async def slow(envelope: Envelope) -> Answer:
        taken.append(envelope)
        await asyncio.sleep(0.1)
        return Answer(Message("what came of it"))

    sent: list[Outgoing] = []
    taken: list[Envelope] = []
    store: Any = Away()
    relay = Relay(store, lambda _name: Wire(), Clock(), Metrics())
    patience = Patience(slow, store, relay, knowledge, Clock(), Metrics(), 0.01)
    here = Address("msteams", "t", "c", "https://service/", "bot")
    pressed = Envelope("a", here, Sender("alice", "Alice"), Incoming("action", verb="open"), card="1", invoke=True)
    [one, two] = await asyncio.gather(patience.take(pressed), patience.take(pressed))
    assert one == two == Answer(Message(knowledge.words.voice("en")("late-here")))
    await patience.stop()
    assert len(taken) == 1, "the second delivery has joined the turn of the first"
    assert sent == [Outgoing(here, Message("what came of it"), reply_to="a")], "beside the card, which stays"


# where others read along


async def test_what_a_button_in_a_group_answers_goes_to_the_own_chat_or_nowhere(bot: Bot, directory: Held) -> None:
    own, turn = await proposed(bot)
    await own.press(turn, OPEN)
    [case] = await bot.cases()
    alice, bob = own.people[0], bot.teams.person("Bob")
    group = await bot.teams.group([alice, bob])
    before = len(own.heard)
    with directory.shut():
        for who in (alice, bob):
            pressed = await group.invoke(Sent("1", {}), "case", {"case": case.number}, who)
            assert pressed.notice == say(bot)("late-elsewhere")
    [shown] = await own.wait(1, since=before)
    assert case.number in shown.says
    assert OUTAGE["en"] in shown.says
    await silence(own)
    assert group.heard == [], "Bob, who has no chat with the bot, hears nothing"


async def picked(bot: Bot) -> tuple[Chat, Chat, Turn]:
    """Alice has talked to the bot in her own chat, and picked a message in a group: both chats, and the window."""
    own, _ = await proposed(bot)
    group = await bot.teams.group(own.people)
    return own, group, await pick(group, a_message(OUTAGE["en"]))


async def test_a_window_that_opened_a_case_late_is_told_of_in_the_own_chat(bot: Bot, directory: Held) -> None:
    own, group, window = await picked(bot)
    before = len(own.heard)
    with directory.shut():
        assert told(await send(group, window, OPEN)) == say(bot)("late-elsewhere")
    [card] = await own.wait(1, since=before)
    [case] = await bot.cases()
    assert case.number in card.says
    await silence(own)
    assert group.heard == []


async def test_a_window_that_asks_late_says_so_and_one_that_only_opens_says_nothing(bot: Bot, directory: Held) -> None:
    own, group, window = await picked(bot)
    before = len(own.heard)
    with directory.shut():
        await send(group, window, OPEN, summary=" ")
        await pick(group, a_message(OUTAGE["en"], id="2"))
        await search(group, "mail")
    [said] = await own.wait(1, since=before)
    assert said.text == say(bot)("late-window")
    await silence(own)
    assert (group.heard, await bot.cases()) == ([], [])


async def test_the_card_of_a_desk_is_late_for_all_and_a_refusal_for_nobody_else(
    database_url: str, tmp_path: Path, classifier: Predictor, knowledge: Knowledge, directory: Held
) -> None:
    bot = asking(directory, DeskBot(database_url, tmp_path, classifier, knowledge))
    async with bot, office(bot, "en") as there:
        await there.request()
        thread = await there.thread()
        card, sam = await there.card(thread), there.who(there.sam)
        with directory.shut():
            refused = await there.press(thread, card, there.at_desk("do-acknowledge"), there.eve)
            claimed = await there.press(thread, card, there.at_desk("do-acknowledge"), sam)
            assert refused.notice == claimed.notice == there.say("late-elsewhere")
            assert there.at_desk("status-acknowledged") not in head(thread).says
        await there.card(thread, there.at_desk("status-acknowledged"))
        await there.card(thread, "Sam")
        await until(lambda: updates(thread) == 2, "the card from the courier and the late one", thread)
        await silence(thread)
        assert list(thread.messages) == [card.id], "nothing but the card stands in the thread"


# when the server stops


@pytest.mark.parametrize("seconds", [SHORT, LONG], ids=["answered", "not answered yet"])
async def test_a_stop_waits_for_what_is_late(
    database_url: str, tmp_path: Path, classifier: Predictor, knowledge: Knowledge, directory: Held, seconds: float
) -> None:
    async with asking(directory, Bot(database_url, tmp_path, classifier, knowledge)) as bot:
        chat, turn = await proposed(bot)
        directory.patience = seconds
        directory.open.clear()
        pressing = asyncio.create_task(chat.press(turn, OPEN))
        await until(lambda: bool(late(bot)) or seconds > SHORT, "late answer")
        await asyncio.sleep(QUIET)
        assert pressing.done() == (seconds == SHORT)
        asyncio.get_running_loop().call_later(0.6, directory.open.set)
    await pressing
    assert "is open" in chat.messages[turn.replies[0].id].says
