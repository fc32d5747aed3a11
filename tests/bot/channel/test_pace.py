"""The sender never speaks faster than Teams allows, whatever is to be sent."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel.botframework.pace import CONVERSATION, TENANT, Pace
from bot.envelope import Address, TryLater

HERE = Address("msteams", "contoso", "a:1", "https://smba.trafficmanager.net/emea/", "28:bot")


@dataclass
class Time:
    """A clock that goes only while somebody sleeps."""

    now: float = 0.0

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@given(st.lists(st.tuples(st.floats(0, 3), st.integers(0, 2)), max_size=150))
def test_no_window_ever_holds_more_than_its_limit(sends: list[tuple[float, int]]) -> None:
    sent: list[tuple[float, int]] = []

    async def send() -> None:
        time = Time()
        pace = Pace(clock=time.clock, sleep=time.sleep)
        for pause, conversation in sends:
            time.now += pause
            try:
                await pace.wait(replace(HERE, conversation=f"a:{conversation}"))
            except TryLater as later:
                time.now += later.after or 0
                continue
            sent.append((time.now, conversation))

    asyncio.run(send())

    for place in range(3):
        times = [at for at, conversation in sent if conversation == place]
        assert all(b - a > seconds for n, seconds in CONVERSATION for a, b in zip(times, times[n:], strict=False))
    times = [at for at, _ in sent]
    assert all(b - a > seconds for n, seconds in TENANT for a, b in zip(times, times[n:], strict=False))


async def test_who_would_wait_for_long_goes_back_to_the_outbox() -> None:
    time = Time()
    pace = Pace(conversation=((2, 60.0),), clock=time.clock, sleep=time.sleep)
    for _ in range(2):
        await pace.wait(HERE)
    time.now = 30.0
    with pytest.raises(TryLater) as later:
        await pace.wait(HERE)
    assert later.value.after == pytest.approx(36.0)


async def test_one_conversation_does_not_slow_another() -> None:
    time = Time()
    pace = Pace(clock=time.clock, sleep=time.sleep)
    for _ in range(7):
        await pace.wait(HERE, reply=True)
    await pace.wait(replace(HERE, conversation="a:2"), reply=True)
    assert time.now == 0.0
    await pace.wait(HERE, reply=True)
    assert time.now > 1.0


async def test_a_reply_does_not_wait_behind_what_the_bot_tells_the_whole_tenant() -> None:
    time = Time()
    pace = Pace(clock=time.clock, sleep=time.sleep)
    for number in range(100):
        await pace.wait(replace(HERE, conversation=f"a:{number}"))
    told = time.now
    await pace.wait(replace(HERE, conversation="a:200"), reply=True)
    assert time.now == told > 1.0
    await pace.wait(replace(HERE, conversation="a:201"))
    assert time.now > told
