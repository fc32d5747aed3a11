"""Whether what comes in now reads like what came in before: asked of a process of its own, since it reads texts with the encoder."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from typing import Any

from bot.store.figures import Written

RECENT, BEFORE = 200, 600  # the newest messages, against those before them (measured in docs/operators.md)
FEWEST_RECENT, FEWEST_BEFORE = 50, 150
FEWEST_PEOPLE = 20  # on either side: of fewer, what one of them happens to write about is a change
SECONDS = 180.0  # it takes ten on an idle machine, and gives way to everything else


def parted(newest_first: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """The recent messages and those before: a quarter against the rest, until there are enough of both."""
    recent = min(RECENT, len(newest_first) // 4)
    return list(newest_first[:recent]), list(newest_first[recent : recent + BEFORE])


async def drift_of(newest_first: Sequence[Written]) -> dict[str, Any]:
    """`{"enough": False, …}` where there are too few messages or people, else what `classifier.drift` says, or `{"failed": True}`."""
    recent, before = parted(newest_first)
    numbers = {one: number for number, one in enumerate(dict.fromkeys(one.person for one in newest_first))}
    people = [[numbers[one.person] for one in part] for part in (recent, before)]
    counts = {"recent": len(recent), "before": len(before)}
    few = any(len(set(some)) < FEWEST_PEOPLE for some in people)
    if len(recent) < FEWEST_RECENT or len(before) < FEWEST_BEFORE or few:
        return {"enough": False, **counts}
    process = await asyncio.create_subprocess_exec(
        "nice", "-n", "10", sys.executable, "-m", "classifier.drift",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    texts = {"recent": [one.text for one in recent], "before": [one.text for one in before]}
    asked = json.dumps({**texts, "people": people}).encode()
    try:
        async with asyncio.timeout(SECONDS):
            answer, _ = await process.communicate(asked)
        return {"enough": True, **counts, **json.loads(answer)}
    except (TimeoutError, ValueError):
        return {"enough": True, "failed": True, **counts}
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
