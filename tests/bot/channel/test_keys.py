"""The channel's keys: never older than they may be, never asked for more often than needed."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.channel.botframework.keys import SigningKeys, parse_keys
from tests.fakes.signing import Key

METADATA = "https://login.example/openid"
DAY = 24 * 3600


class Endpoint:
    """Publishes keys; counts the visits, and can be away or slow."""

    def __init__(self, *keys: Key) -> None:
        self.keys = list(keys)
        self.visits = 0
        self.away = False
        self.open = asyncio.Event()
        self.open.set()
        self.now = 1_000_000.0
        self.signing_keys = SigningKeys(self.fetch, METADATA, lambda: self.now)

    async def fetch(self, url: str) -> Any:
        if url == METADATA:
            self.visits += 1
            await self.open.wait()
            if self.away:
                raise TimeoutError
            return {"jwks_uri": "https://login.example/keys"}
        return {"keys": [key.jwk() for key in self.keys]}

    async def knows(self, key: Key) -> bool:
        return await self.signing_keys.find(key.kid) is not None


OLD, NEW = Key(), Key()


async def test_keys_are_fetched_once_and_kept_for_a_day():
    endpoint = Endpoint(OLD)
    assert await endpoint.knows(OLD)
    endpoint.now += DAY - 1
    assert await endpoint.knows(OLD)
    assert endpoint.visits == 1
    endpoint.now += 1
    assert await endpoint.knows(OLD)
    await asyncio.sleep(0)
    assert endpoint.visits == 2


async def test_a_rotated_key_is_taken_up_within_a_minute():
    endpoint = Endpoint(OLD)
    assert await endpoint.knows(OLD)
    endpoint.keys = [NEW]
    endpoint.now += 60
    assert await endpoint.knows(NEW)
    assert not await endpoint.knows(OLD)


async def test_unknown_keys_cause_one_fetch_a_minute_at_most():
    endpoint = Endpoint(OLD)
    for second in range(120):
        endpoint.now = 1_000_000.0 + second
        assert await endpoint.signing_keys.find(f"made up {second}") is None
    assert endpoint.visits == 2


async def test_many_who_ask_at_once_share_one_fetch():
    endpoint = Endpoint(OLD)
    assert all(await asyncio.gather(*(endpoint.knows(OLD) for _ in range(50))))
    assert endpoint.visits == 1


async def test_keys_are_used_for_five_days_while_the_endpoint_is_away():
    endpoint = Endpoint(OLD)
    assert await endpoint.knows(OLD)
    endpoint.away = True
    endpoint.now += 5 * DAY - 1
    assert await endpoint.knows(OLD)
    endpoint.now += 1
    assert not await endpoint.knows(OLD)


async def test_a_known_key_does_not_wait_for_a_slow_endpoint():
    endpoint = Endpoint(OLD)
    assert await endpoint.knows(OLD)
    endpoint.open.clear()
    endpoint.now += DAY
    async with asyncio.timeout(1):
        assert await endpoint.knows(OLD)
    await endpoint.signing_keys.close()


async def test_without_any_key_the_endpoint_is_asked_again_soon():
    endpoint = Endpoint(OLD)
    endpoint.away = True
    assert not await endpoint.knows(OLD)
    endpoint.away = False
    endpoint.now += 4
    assert not await endpoint.knows(OLD)
    endpoint.now += 1
    assert await endpoint.knows(OLD)


@pytest.mark.parametrize("document", [None, [], {}, {"jwks_uri": None}, "text"])
async def test_an_absurd_document_is_no_keys(document):
    async def fetch(_url: str) -> Any:
        return document

    assert await SigningKeys(fetch, METADATA, lambda: 0.0).find("x") is None


async def test_an_empty_set_does_not_take_the_place_of_good_keys():
    endpoint = Endpoint(OLD)
    assert await endpoint.knows(OLD)
    endpoint.keys = []
    endpoint.now += DAY
    assert await endpoint.knows(OLD)
    await asyncio.sleep(0)
    assert await endpoint.knows(OLD)


def test_keys_for_other_uses_are_passed_over():
    encrypting = {**OLD.jwk(), "kid": "enc", "use": "enc"}
    symmetric = {"kty": "oct", "kid": "oct", "k": "c2VjcmV0"}
    broken = {**OLD.jwk(), "kid": "broken", "n": "!"}
    nameless = {key: value for key, value in OLD.jwk().items() if key != "kid"}
    keys = parse_keys({"keys": [encrypting, symmetric, broken, nameless, "text", OLD.jwk()]})
    assert set(keys) == {OLD.kid}
    assert keys[OLD.kid].endorsements == {"msteams"}


async def test_keys_that_were_asked_for_beforehand_are_fetched_once():
    endpoint = Endpoint(OLD)
    endpoint.open.clear()
    endpoint.signing_keys.warm()
    asking = asyncio.create_task(endpoint.knows(OLD))
    await asyncio.sleep(0)
    endpoint.open.set()
    assert await asking
    assert endpoint.visits == 1


async def test_a_start_while_the_endpoint_is_away_costs_nothing():
    endpoint = Endpoint(OLD)
    endpoint.away = True
    endpoint.signing_keys.warm()
    await asyncio.sleep(0.01)
    assert endpoint.visits == 1
    endpoint.away = False
    endpoint.now += 5
    assert await endpoint.knows(OLD)
    await endpoint.signing_keys.close()
