"""Engine, sessions and transactions."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.pool import ConnectionPoolEntry

from app.core.config import Environment, Settings
from app.core.errors import AppError

_BEGIN_MODE = "sqlite_begin_mode"
_FOREIGN_KEYS = "sqlite_foreign_keys"


def build_engine(settings: Settings) -> AsyncEngine:
    """Create the engine for ``settings.database_url``; no connection is opened yet."""
    url = make_url(settings.database_url)
    options: dict[str, Any] = {
        "echo": settings.database_echo,
        # Statement parameters are personal data: keep them out of the logs.
        "hide_parameters": settings.environment is Environment.PRODUCTION,
    }
    if url.get_backend_name() == "sqlite":
        engine = create_async_engine(url, **options)
        _configure_sqlite(engine)
        return engine
    return create_async_engine(
        url,
        pool_size=settings.database_pool_size,
        max_overflow=settings.database_max_overflow,
        pool_pre_ping=True,
        **options,
    )


def _configure_sqlite(engine: AsyncEngine) -> None:
    """Turn on WAL, see to foreign keys, and take over BEGIN from the driver.

    Left to itself the driver opens a transaction only before the first write, which breaks
    SAVEPOINT and lets two writers deadlock while upgrading their read locks.
    """

    def on_connect(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        del record
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "busy_timeout=5000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        foreign_keys = options.get(_FOREIGN_KEYS, "ON")
        if connection.info.get(_FOREIGN_KEYS) != foreign_keys:  # has no effect inside a transaction
            connection.exec_driver_sql(f"PRAGMA foreign_keys={foreign_keys}")
            connection.info[_FOREIGN_KEYS] = foreign_keys
        connection.exec_driver_sql(f"BEGIN {options.get(_BEGIN_MODE, 'IMMEDIATE')}")

    event.listen(engine.sync_engine, "connect", on_connect)
    event.listen(engine.sync_engine, "begin", on_begin)


def migrating(engine: AsyncEngine) -> AsyncEngine:
    """Return the engine for migrations.

    SQLite alters a table by replacing it; foreign keys would delete the rows that refer to it.
    """
    return engine.execution_options(**{_FOREIGN_KEYS: "OFF"})


class Database:
    """Owns the engine and hands out transactional sessions."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Wrap ``engine``."""
        self.engine = engine
        reader = engine.execution_options(**{_BEGIN_MODE: "DEFERRED"}, postgresql_readonly=True)
        self._writers = async_sessionmaker(engine, expire_on_commit=False, autoflush=False)
        self._readers = async_sessionmaker(reader, expire_on_commit=False, autoflush=False)

    @asynccontextmanager
    async def session(self, *, read_only: bool = False) -> AsyncGenerator[AsyncSession]:
        """Yield a session inside one transaction: commit on success, roll back on error."""
        maker = self._readers if read_only else self._writers
        async with maker() as session:
            try:
                yield session
            except AppError as error:
                if error.keep_changes:
                    await session.commit()
                raise
            await session.commit()

    async def ping(self) -> None:
        """Raise unless the database answers."""
        async with self.session(read_only=True) as session:
            await session.execute(text("SELECT 1"))

    async def dispose(self) -> None:
        """Close every pooled connection."""
        await self.engine.dispose()
