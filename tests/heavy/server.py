"""The bot in a process of its own, as `triage serve` has it but for the model, that may die at a named point: CRASH_AT, nth time.

The product knows nothing of this: the point is wrapped from outside.
"""

from __future__ import annotations

import asyncio
import functools
import importlib
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.app import Parts, build_app
from bot.files.rules import load_file_rules
from bot.knowledge import read_knowledge
from bot.metrics import Metrics
from bot.settings import ROOT, read_settings
from bot.store import open_store
from dialogs.scene import Knowledge
from dialogs.values import Reading
from handoff.deskfile import load_desks

# Each point: where it is, and whether the process dies before or after that.
POINTS = {
    "before the turn's transaction": ("bot.store.turns:TurnTransaction.begin", "before"),
    "before the turn's commit": ("bot.store.turns:TurnTransaction.finish", "after"),
    "after the turn's commit, before its reply": ("bot.outbox:Relay.send_soon", "before"),
    "before a message is sent": ("bot.outbox:Relay._deliver", "before"),
    "after a message was sent, before its mark": ("bot.outbox:Relay._deliver", "after"),
    "before messages are marked": ("bot.store.outbox:OutboxTable.sent", "before"),
    "after messages were marked": ("bot.store.outbox:OutboxTable.sent", "after"),
    "after a handover was claimed": ("bot.store.handovers:HandoverTable.claim", "found"),
    "before the desk is told": ("bot.courier:Courier._deliver", "before"),
    "after the desk's search, before its ticket": ("bot.desk.rt:RequestTracker._find", "after"),
    "after the desk's 201, before it is read back": ("bot.desk.rt:RequestTracker._send", "after"),
    "after the desk was told, before its mark": ("bot.store.handovers:HandoverTable.delivered", "before"),
    "after the handover was marked": ("bot.store.handovers:HandoverTable.delivered", "after"),
    "before what a desk says is committed": ("bot.store.hearing:HearingTransaction.note", "before"),
    "after what a desk says was written, before its commit": ("bot.hearing:Hearing._told", "after"),
    "after what a desk says was committed": ("bot.hearing:Hearing._try", "after"),
}


class CannedReader:
    """Reads every text alike, and surely."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._categories = list(knowledge.rules.categories)

    async def start(self) -> None:
        pass

    async def close(self) -> None:
        pass

    async def read(self, text: str) -> Reading:
        sure = {one: float(one == "sharepoint") for one in self._categories}
        return Reading(text, sure, {"A": 0.0, "B": 1.0, "C": 0.0}, 1.0, (), {}, "en", "canned", choices=("sharepoint",))


def die_at(point: str, nth: int) -> None:
    """Have this process end, without any goodbye, at the nth time that it comes to this point."""
    where, when = POINTS[point]
    module, _, path = where.partition(":")
    class_name, _, method = path.partition(".")
    owner = getattr(importlib.import_module(module), class_name)
    setattr(owner, method, _mortal(getattr(owner, method), when, [nth]))


def _mortal(method: Callable[..., Any], when: str, left: list[int]) -> Callable[..., Any]:
    def count() -> None:
        left[0] -= 1
        if left[0] == 0:
            os._exit(9)

    @functools.wraps(method)
    async def run(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            count()
        done = await method(*args, **kwargs)
        if when == "after" or (when == "found" and done):
            count()
        return done

    @functools.wraps(method)
    def run_at_once(*args: Any, **kwargs: Any) -> Any:
        count()
        return method(*args, **kwargs)

    return run if asyncio.iscoroutinefunction(method) else run_at_once


async def serve() -> None:
    settings = read_settings()
    settings.var.mkdir(parents=True, exist_ok=True)
    knowledge = read_knowledge(ROOT / "data", {"act": 0.5, "confirm": 0.3, "clarity": 0.5})
    knowledge = Knowledge(**{**vars(knowledge), "desks": load_desks(Path(settings.desk_file), knowledge.rules)})
    store = open_store(settings.database, settings.plan)
    reader = CannedReader(knowledge)
    files = load_file_rules(ROOT / "data" / "rules" / "files.toml")
    parts = Parts(settings, store, reader, "canned", knowledge, Metrics(), lambda: datetime.now(UTC), files)
    runner = web.AppRunner(build_app(parts), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"http://127.0.0.1:{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    if os.environ.get("CRASH_AT"):
        die_at(os.environ["CRASH_AT"], int(os.environ.get("CRASH_NTH", "1")))
    asyncio.run(serve())
