"""Graph as a directory: asked rarely, waited for briefly, and believed for a stated time when it does not answer.

Fresh for 15 minutes. While Graph is away the last answer counts for 4 hours, no and yes alike; then the tenant's own list decides.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.directory.contract import Memory
from bot.directory.graph import Away, Graph
from bot.directory.roles import is_guid
from bot.standing import COUNTS, FRESH, Standing

WAIT_SECONDS = 2.0  # of a person's time
REST = timedelta(seconds=15)  # after a failure: not every turn has to wait for the next one
LONGEST_REST = timedelta(minutes=10)
LOOK_SECONDS = 60.0  # between two looks for administrators whose answer is old

log = structlog.get_logger()


class GraphDirectory:
    """Knows one tenant, the bot's own; of others it says nothing. `administrative` are the roles that make an administrator."""

    def __init__(
        self,
        graph: Graph,
        memory: Memory,
        administrative: frozenset[str],
        tenant: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._graph = graph
        self._memory = memory
        self._administrative = administrative
        self._tenant = tenant
        self._clock = clock
        self._questions: dict[str, asyncio.Task[bool | None]] = {}
        self._rests_until: datetime | None = None
        self._warmer: asyncio.Task[None] | None = None

    async def administers(self, tenant: str, person: str) -> bool | None:
        """The answer that counts now; None where the tenant's own list decides."""
        if tenant != self._tenant or not is_guid(person):
            return None
        known = await self._memory.find(tenant, person)
        age = self._clock() - known.checked_at if known else COUNTS
        if known and age < FRESH:
            return known.administers
        answer = await self._soon(self._question(person))
        if answer is None and known and age < COUNTS:
            return known.administers
        return answer

    async def start(self) -> None:
        """Keep the answers about administrators fresh: they are told of cases while they are silent themselves."""
        self._warmer = asyncio.create_task(self._keep_warm())

    async def close(self) -> None:
        """Ask nothing more."""
        tasks = [*self._questions.values(), *([self._warmer] if self._warmer else ())]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        await self._graph.close()

    def _question(self, person: str) -> asyncio.Task[bool | None]:
        """The question about a person that is under way, or a new one; it goes on when nobody waits for it any more."""
        if person not in self._questions:
            task = self._questions[person] = asyncio.create_task(self._ask(person))
            task.add_done_callback(lambda _task: self._questions.pop(person, None))
        return self._questions[person]

    async def _soon(self, question: Awaitable[bool | None]) -> bool | None:
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                return await asyncio.shield(question)
        except TimeoutError:
            return None

    async def _ask(self, person: str) -> bool | None:
        now = self._clock()
        if self._rests_until is not None and now < self._rests_until:
            return None
        try:
            administers = not self._administrative.isdisjoint(await self._graph.roles(person))
        except Away as away:
            wish = timedelta(seconds=min(away.after or 0, LONGEST_REST.total_seconds()))
            self._rests_until = now + max(REST, wish)
            log.warning("directory_away", reason=str(away))
            return None
        try:
            await self._memory.keep(self._tenant, person, Standing(administers, now))
        except Exception as failure:  # noqa: BLE001 - the answer is as good without being written down
            log.warning("directory_not_kept", reason=type(failure).__name__)
        return administers

    async def _keep_warm(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                for person in await self._memory.older(self._tenant, self._clock() - FRESH):
                    await self._question(person)
            except Exception as failure:  # noqa: BLE001 - whatever it was, the next look may succeed
                log.warning("directory_not_refreshed", reason=type(failure).__name__)
