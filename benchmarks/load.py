"""A closed loop: so many users, each writing the next message as soon as the last one is answered."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import aiohttp

from benchmarks.connector import Connector

PATIENCE_SECONDS = 30.0
Proof = Callable[[str, dict[str, Any]], bool]  # whether this is a reply to that text


@dataclass
class Load:
    """What came of one load: each turn's milliseconds from POST to first reply, and what went wrong."""

    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def run_load(
    url: str,
    connector: Connector,
    texts: Sequence[str],
    users: int,
    proof: Proof,
    tick: Callable[[], None] = lambda: None,
) -> Load:
    """Have `users` write all `texts` between them, each in a conversation of its own, and wait for every reply."""
    load, queue = Load(), iter(texts)
    connections = aiohttp.TCPConnector(limit=users)
    async with aiohttp.ClientSession(connector=connections) as session:
        begin = time.perf_counter()
        await asyncio.gather(*(_user(session, url, connector, queue, proof, load, tick) for _ in range(users)))
        load.seconds = time.perf_counter() - begin
    return load


async def _user(
    session: aiohttp.ClientSession,
    url: str,
    connector: Connector,
    texts: Iterator[str],
    proof: Proof,
    load: Load,
    tick: Callable[[], None],
) -> None:
    for text in texts:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                load.milliseconds.append(await _turn(session, url, connector, text, proof))
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            load.errors.append(f"{type(error).__name__}: {error} ({text[:40]!r})")
        tick()


async def _turn(session: aiohttp.ClientSession, url: str, connector: Connector, text: str, proof: Proof) -> float:
    """One message, until it is both accepted and answered. Milliseconds to the first reply; ValueError for a wrong one."""
    conversation = f"a:{uuid4()}"
    body = json.dumps(_activity(conversation, connector.service_url, text)).encode()
    reply = connector.expect(conversation)
    arrived: list[float] = []
    reply.add_done_callback(lambda _: arrived.append(time.perf_counter()))
    try:
        begin = time.perf_counter()
        async with session.post(url, data=body, headers={"Content-Type": "application/json"}) as response:
            if response.status >= 300:
                raise ValueError(f"status {response.status}")
            await response.read()
        answer = json.loads(await reply)
    finally:
        connector.forget(conversation)
    if not proof(text, answer):
        raise ValueError(f"not a reply to it: {str(answer)[:200]}")
    return 1000 * (arrived[0] - begin)


def _activity(conversation: str, service_url: str, text: str) -> dict[str, Any]:
    """A message as Teams delivers it."""
    person = str(uuid4())
    return {
        "type": "message",
        "id": uuid4().hex,
        "timestamp": datetime.now(UTC).isoformat(),
        "localTimezone": "Europe/Paris",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": {"id": f"29:{person}", "name": "Alice", "aadObjectId": person},
        "recipient": {"id": "28:triage", "name": "Support"},
        "conversation": {"id": conversation, "conversationType": "personal", "tenantId": "contoso"},
        "channelData": {"tenant": {"id": "contoso"}},
        "entities": [{"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "Web"}],
        "locale": "en-GB",
        "textFormat": "plain",
        "text": text,
    }
