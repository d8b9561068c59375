"""Programmatic migrations (start-up of the embedded database, readiness, tests)."""

from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.core.database import Database, migrating

PROJECT_ROOT = Path(__file__).resolve().parents[2]


def alembic_config(connection: Connection | None = None) -> Config:
    """Return the configuration of ``pyproject.toml``, optionally bound to a connection."""
    config = Config(toml_file=PROJECT_ROOT / "pyproject.toml")
    config.attributes["connection"] = connection
    return config


async def upgrade_to_head(database: Database) -> None:
    """Apply every pending migration."""
    async with migrating(database.engine).begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), "head"))


async def downgrade_to_base(database: Database) -> None:
    """Undo every migration; this deletes all data."""
    async with migrating(database.engine).begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(alembic_config(sync), "base"))


async def check_up_to_date(database: Database) -> None:
    """Raise unless the models and the migrated schema agree."""
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.check(alembic_config(sync)))


async def is_at_head(database: Database) -> bool:
    """Tell whether every migration has been applied; raise if the database does not answer."""
    async with database.session(read_only=True) as session:
        connection = await session.connection()
        return await connection.run_sync(_heads_of_database) == _heads_of_scripts()


def _heads_of_database(connection: Connection) -> frozenset[str]:
    return frozenset(MigrationContext.configure(connection).get_current_heads())


@lru_cache
def _heads_of_scripts() -> frozenset[str]:
    return frozenset(ScriptDirectory.from_config(alembic_config()).get_heads())
