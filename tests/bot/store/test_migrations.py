"""The migrations make the schema that the code believes in, on both databases, and doing them twice does nothing."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from bot.store import open_store
from bot.store.engines import open_engine
from bot.store.tables import metadata


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_the_migrations_make_the_schema_of_the_tables(database_url: str) -> None:
    store = open_store(database_url, "enterprise_e3")
    await store.start()
    await store.start()
    await store.close()

    engine = open_engine(database_url)
    async with engine.begin() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()
