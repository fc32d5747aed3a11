"""The bot's token goes to the connector and nowhere else, whoever names the address."""

from __future__ import annotations

import pytest

from bot.channel.botframework.download import Downloads
from bot.channel.botframework.session import Session
from bot.envelope import CannotFetch, Offer
from tests.fakes.chat import Chat
from tests.fakes.connector import FakeTeams
from tests.fakes.sending import PNG, file, picture


class Token:
    async def token(self) -> str:
        return "secret"

    def drop(self) -> None:
        raise AssertionError("nobody asked for that")


async def fetched(teams: FakeTeams, offer: Offer) -> bytes:
    session = Session()
    try:
        downloads = Downloads(session, Token(), ["127.0.0.1"], ["127.0.0.1"])
        return b"".join([piece async for piece in downloads.stream(offer)])
    finally:
        await session.close()


async def test_a_picture_is_fetched_with_the_token_and_a_file_without() -> None:
    async with FakeTeams() as teams:
        chat: Chat = await teams.personal(teams.person("Alice"))
        ours = Offer("", picture(chat)["contentUrl"], ours=True)
        theirs = Offer("a.png", file(chat, "a.png", PNG)["content"]["downloadUrl"], ours=False)
        assert await fetched(teams, ours) == PNG
        assert await fetched(teams, theirs) == PNG
        assert [call.authorization for call in teams.calls] == ["Bearer secret", ""]


@pytest.mark.parametrize("url", ["https://127.0.0.1@evil.example/", "http://localhost/x", "https://evil.example/"])
async def test_another_host_is_not_even_asked(url: str) -> None:
    async with FakeTeams() as teams:
        for ours in (True, False):
            with pytest.raises(CannotFetch, match="elsewhere"):
                await fetched(teams, Offer("x", url, ours=ours))
