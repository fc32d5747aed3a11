"""What shadows would have said, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, cast, func, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.registry_values import Agreement, ShadowReading
from bot.store.tables import shadow_readings
from bot.store.transaction import transaction

PAIRS = 20  # of categories that differ, shown


class ShadowTable:
    """Readings of the same live message by the champion and by the shadow."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, readings: Sequence[ShadowReading]) -> None:
        """Keep these."""
        if readings:
            async with transaction(self._engine) as connection:
                await connection.execute(insert(shadow_readings), [vars(one) for one in readings])

    async def agreement(self, shadow: str) -> list[Agreement]:
        """How far a shadow agreed with each champion that it ran beside."""
        here = shadow_readings.c
        same = [
            _same(here[f"champion_{what}"], here[f"shadow_{what}"]) for what in ("category", "severity", "decision")
        ]
        counted = select(here.champion, func.count(), *same).where(here.shadow == shadow).group_by(here.champion)
        async with transaction(self._engine) as connection:
            rows = (await connection.execute(counted.order_by(here.champion))).all()
            return [
                Agreement(
                    shadow,
                    champion,
                    messages,
                    category,
                    severity,
                    decision,
                    await self._pairs(connection, shadow, champion),
                )
                for champion, messages, category, severity, decision in rows
            ]

    async def _pairs(self, connection: Any, shadow: str, champion: str) -> tuple[tuple[str, str, int], ...]:
        here = shadow_readings.c
        pair = (here.champion_category, here.shadow_category)
        asked = (
            select(*pair, func.count())
            .where(here.shadow == shadow, here.champion == champion, pair[0] != pair[1])
            .group_by(*pair)
            .order_by(func.count().desc(), *pair)
            .limit(PAIRS)
        )
        return tuple((one, other, int(many)) for one, other, many in await connection.execute(asked))


def _same(one: Any, other: Any) -> Any:
    return func.coalesce(func.sum(cast(one == other, Integer)), 0)
