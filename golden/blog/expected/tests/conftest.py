import os
from collections.abc import AsyncGenerator

import pytest
from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import Environment, Settings
from app.core.database import Database
from app.core.migrations import downgrade_to_base, upgrade_to_head
from app.main import create_app
from app.models import Base
from tests.factories import Factory


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Use SQLite, or the database of TEST_DATABASE_URL, which must be disposable."""
    fallback = f"sqlite:///{tmp_path_factory.mktemp('db') / 'test.db'}"
    return Settings.model_validate(
        {
            "environment": Environment.TEST,
            "database_url": os.environ.get("TEST_DATABASE_URL", fallback),
            "secret_key": "test-secret-test-secret-test-secret",
            "auth_rate_limit": "10000/minute",
            "cors_origins": "https://app.example.com",
            "log_level": "WARNING",
        }
    )


@pytest.fixture(scope="session")
def app(settings: Settings) -> FastAPI:
    return create_app(settings)


@pytest.fixture(scope="session")
async def database(app: FastAPI) -> AsyncGenerator[Database]:
    database: Database = app.state.database
    await upgrade_to_head(database)
    yield database
    await downgrade_to_base(database)
    await database.dispose()


@pytest.fixture
async def clean_database(database: Database) -> AsyncGenerator[Database]:
    """Delete all rows after the test: real commits, no hidden outer transaction."""
    yield database
    async with database.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            keys = table.foreign_keys
            loops = [key.parent for key in keys if key.use_alter or key.column.table is table]
            if empty := {column: None for column in loops if column.nullable}:
                kept = {column: column for column in table.columns if column.onupdate}
                await connection.execute(table.update().values(empty | kept))
        for table in reversed(Base.metadata.sorted_tables):
            await connection.execute(table.delete())


@pytest.fixture
async def session(clean_database: Database) -> AsyncGenerator[AsyncSession]:
    async with clean_database.session() as session:
        yield session


@pytest.fixture
def factory(clean_database: Database, settings: Settings) -> Factory:
    return Factory(clean_database, settings)


@pytest.fixture
async def client(app: FastAPI, clean_database: Database) -> AsyncGenerator[AsyncClient]:
    del clean_database
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        yield client
