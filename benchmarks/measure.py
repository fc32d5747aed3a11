"""One bot, one round: a new process, a warm-up, the load, and what it cost."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import aiohttp

from benchmarks.bots import Running
from benchmarks.connector import listening
from benchmarks.figures import Figures, percentile
from benchmarks.load import Load, Proof, run_load

SETTLE_SECONDS = 0.2  # for what a bot still writes after its last reply: it belongs to the bill


@dataclass(frozen=True)
class Plan:
    """What is written to each bot, by how many at once; the first `warm_up` messages are not measured."""

    texts: Sequence[str]
    users: int
    warm_up: int


def echoes(text: str, reply: dict[str, Any]) -> bool:
    """Whether the stock bot said it back."""
    return bool(reply.get("text") == f"Echo: {text}")


def answers(_text: str, reply: dict[str, Any]) -> bool:
    """Whether our bot said something; that each turn was taken is asked of its metrics afterwards."""
    return bool(reply.get("attachments") or reply.get("text"))


async def measure(
    start: AbstractContextManager[Running],
    plan: Plan,
    proof: Proof,
    tick: Callable[[], None] = lambda: None,
    mark: Callable[[Running], None] = lambda _: None,
) -> tuple[Figures, list[str]]:
    """The figures of this bot, and its errors in words. `mark` is called when the measured part begins and when it has ended."""
    with start as bot:
        async with listening() as connector:
            early = await run_load(bot.url, connector, plan.texts[: plan.warm_up], plan.users, proof, tick)
            await asyncio.sleep(SETTLE_SECONDS)
            mark(bot)
            before = bot.cpu_seconds()
            load = await run_load(bot.url, connector, plan.texts[plan.warm_up :], plan.users, proof, tick)
            await asyncio.sleep(SETTLE_SECONDS)
            used = bot.cpu_seconds() - before
            mark(bot)
            errors = [*early.errors, *load.errors, *["a message too many"] * connector.unexpected]
        if proof is answers:
            errors += await _not_taken(bot, len(plan.texts))
        return _figures(load, used, bot.resident_megabytes(), len(errors)), errors


def _figures(load: Load, cpu_seconds: float, rss_mb: float, errors: int) -> Figures:
    done = len(load.milliseconds)
    return Figures(
        turns_per_second=done / load.seconds,
        cpu_ms_per_turn=1000 * cpu_seconds / max(1, done),
        p50_ms=percentile(load.milliseconds, 0.50),
        p99_ms=percentile(load.milliseconds, 0.99),
        rss_mb=rss_mb,
        errors=errors,
    )


async def _not_taken(bot: Running, turns: int) -> list[str]:
    """Apologies are replies too: only turns that the bot itself counts as taken have been classified and recorded."""
    async with aiohttp.ClientSession() as session, session.get(f"{bot.base_url}/metrics") as response:
        counted = re.search(r'^triage_turns_total\{outcome="taken"\} (\S+)$', await response.text(), re.MULTILINE)
    taken = int(float(counted[1])) if counted else 0
    return [] if taken == turns else [f"{turns} messages were written, {taken} taken"]
