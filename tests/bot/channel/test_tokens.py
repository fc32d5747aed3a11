"""Who is let in: what the channel signed for this bot, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channel.botframework.errors import Forbidden, Refused, Unauthorised
from bot.channel.botframework.hosts import LOOPBACK, MICROSOFT
from bot.channel.botframework.keys import SigningKeys
from bot.channel.botframework.tokens import Doorkeeper
from tests.bot.channel.activities import an_activity
from tests.fakes.signing import Signer, endorsed

URL = "https://smba.trafficmanager.net/emea/"
SIGNER = Signer("11111111-2222-3333-4444-555555555555")
FORGERIES = SIGNER.forgeries(URL)

Admit = Callable[..., Awaitable[None]]


async def publish(_url: str) -> Any:
    return {"jwks_uri": "keys", **SIGNER.jwks()}


@pytest.fixture
def admit() -> Admit:
    doorkeeper = Doorkeeper(SIGNER.app_id, SigningKeys(publish, "metadata", time.time), MICROSOFT)

    async def ask(authorization: str, **changes: Any) -> None:
        await doorkeeper.admit(authorization, an_activity(**{"serviceUrl": URL, **changes}))

    return ask


def good(**changes: Any) -> str:
    return f"Bearer {SIGNER.token(URL, **changes)}"


async def test_what_the_channel_signed_is_let_in(admit):
    await admit(good())


async def test_the_schemes_case_does_not_matter(admit):
    await admit(good().replace("Bearer", "bearer"))


async def test_clocks_may_differ_by_five_minutes(admit):
    await admit(good(exp=int(time.time()) - 290))
    await admit(good(nbf=int(time.time()) + 290))
    with pytest.raises(Unauthorised):
        await admit(good(exp=int(time.time()) - 310))


@pytest.mark.parametrize("name", FORGERIES)
async def test_a_forgery_is_not(admit, name):
    with pytest.raises(Refused) as refused:
        await admit(FORGERIES[name])
    assert refused.value.status in {401, 403}


def test_there_are_enough_forgeries():
    assert len(FORGERIES) >= 24


@pytest.mark.parametrize("url", ["https://smba.trafficmanager.net/amer/", "https://evil.example/", "", 5, None, {}])
async def test_a_good_token_does_not_serve_another_service_url(admit, url):
    with pytest.raises(Forbidden):
        await admit(good(), serviceUrl=url)


@pytest.mark.parametrize("url", ["https://evil.example/", "http://169.254.169.254/", "http://127.0.0.1:80/"])
async def test_even_a_signed_service_url_must_be_a_connectors(admit, url):
    with pytest.raises(Forbidden):
        await admit(f"Bearer {SIGNER.token(url)}", serviceUrl=url)


@pytest.mark.parametrize("channel", ["webchat", "directline", "", None, 5, {}, []])
async def test_a_key_speaks_only_for_the_channels_it_is_endorsed_for(admit, channel):
    with pytest.raises(Forbidden):
        await admit(good(), channelId=channel)


async def test_a_key_without_endorsements_speaks_for_none(admit):
    key = endorsed([])
    SIGNER.keys.append(key)
    with pytest.raises(Forbidden):
        await admit(good(key=key))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(position=st.integers(min_value=7, max_value=len(good()) - 1), character=st.characters(codec="utf-8"))
async def test_a_token_with_one_character_changed_is_refused(admit, position, character):
    token = good()
    changed = token[:position] + character + token[position + 1 :]
    significant = position < len(token) - 1  # the last base64 character has bits that mean nothing
    if changed != token and significant:
        with pytest.raises(Refused):
            await admit(changed)


@given(header=st.text(st.characters(exclude_categories=[]), max_size=200))
async def test_no_header_whatever_it_holds_raises_anything_else(header):
    doorkeeper = Doorkeeper(SIGNER.app_id, SigningKeys(publish, "metadata", time.time), MICROSOFT)
    with pytest.raises(Refused):
        await doorkeeper.admit(header, an_activity())


async def test_without_app_id_this_machine_is_let_in_and_nobody_else():
    doorkeeper = Doorkeeper("", SigningKeys(publish, "metadata", time.time), LOOPBACK)
    await doorkeeper.admit("", an_activity(serviceUrl="http://127.0.0.1:5000/"))
    for url in (URL, "http://169.254.169.254/", None, 5):
        with pytest.raises(Forbidden):
            await doorkeeper.admit("", an_activity(serviceUrl=url))
