"""What most tests of the channel start from."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.channel.stage import Stage, on_stage


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Our adapter, anonymous, with a turn that repeats what it hears."""
    async with on_stage() as anonymous:
        yield anonymous
