import logging
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    func,
    make_url,
    text,
)
from sqlalchemy.exc import IntegrityError

from app.core.column_types import UTCDateTime
from app.core.config import Environment, Settings, get_settings
from app.core.database import Database
from app.core.db_errors import translate_integrity_error
from app.core.errors import AppError, ConflictError, RuleViolationError
from app.core.ids import uuid7
from app.core.logging import configure_logging
from app.core.migrations import check_up_to_date
from app.models.base import NAMING_CONVENTION, Base

SQLITE = make_url("sqlite://").get_dialect()()

scratch = MetaData(naming_convention=NAMING_CONVENTION)
boxes = Table(
    "scratch_boxes",
    scratch,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("label", String(20), unique=True, nullable=False, info={"pointer": "/tag/label"}),
    Column("size", Integer, nullable=False),
    CheckConstraint("size > 0 AND label <> 'id'", name="size_positive"),
)
Index("uq_scratch_boxes_lower", func.lower(boxes.c.label), unique=True)
Table(
    "scratch_items",
    scratch,
    Column("id", Integer, primary_key=True),
    Column("box_id", ForeignKey("scratch_boxes.id", ondelete="RESTRICT"), nullable=False),
)


def test_uuid7_is_ordered_and_well_formed() -> None:
    first, second = uuid7(), uuid7()
    assert first.version == 7
    assert first.variant == "specified in RFC 4122"
    assert first.int >> 80 <= second.int >> 80


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+asyncpg://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("sqlite:///x.db", "sqlite+aiosqlite:///x.db"),
    ],
)
def test_database_urls_get_an_async_driver(url: str, expected: str) -> None:
    settings = Settings.model_validate({"database_url": url})
    assert settings.database_url == expected
    assert settings.migrate_on_startup is url.startswith("sqlite")
    forced = settings.model_copy(update={"auto_migrate": False})
    assert forced.migrate_on_startup is False


def test_secrets_are_checked() -> None:
    with pytest.raises(ValidationError, match="required in production"):
        Settings.model_validate({"environment": "production"})
    with pytest.raises(ValidationError, match="at least 32"):
        Settings.model_validate({"secret_key": "short"})


def test_lists_are_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORS_ORIGINS", "https://a.example.com, https://b.example.com")
    get_settings.cache_clear()
    assert get_settings().cors_origins == ["https://a.example.com", "https://b.example.com"]
    get_settings.cache_clear()
    assert Settings.model_validate({"cors_origins": ["*"]}).cors_origins == ["*"]


def test_production_logs_are_json(capsys: pytest.CaptureFixture[str], settings: Settings) -> None:
    configure_logging(settings.model_copy(update={"environment": Environment.PRODUCTION}))
    logging.getLogger("x").warning("hello")
    assert '"event": "hello"' in capsys.readouterr().err
    configure_logging(settings)


def test_datetimes_are_utc_on_every_database() -> None:
    column = UTCDateTime()
    dialect = SQLITE
    east = datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    assert column.process_bind_param(east, dialect) == datetime(2026, 1, 1, tzinfo=UTC)
    assert column.process_bind_param(None, dialect) is None
    assert column.process_result_value(None, dialect) is None
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    assert column.process_result_value(naive, dialect) == datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="naive"):
        column.process_bind_param(naive, dialect)


async def test_models_and_migrations_agree(database: Database) -> None:
    await check_up_to_date(database)


@pytest.fixture
async def scratch_database(database: Database) -> AsyncGenerator[Database]:
    """Add two tables of the tests' own, with two boxes and an item in the first."""
    async with database.engine.begin() as connection:
        await connection.run_sync(scratch.create_all)
        await connection.execute(
            text("INSERT INTO scratch_boxes (id, label, size) VALUES (1, 'a', 1), (2, 'b', 1)")
        )
        await connection.execute(text("INSERT INTO scratch_items (id, box_id) VALUES (1, 1)"))
    yield database
    async with database.engine.begin() as connection:
        await connection.run_sync(scratch.drop_all)


@pytest.mark.parametrize(
    ("statement", "expected", "pointers"),
    [
        ("UPDATE scratch_boxes SET id = 1", ConflictError, ["/id"]),
        ("UPDATE scratch_boxes SET label = 'a'", ConflictError, ["/tag/label"]),
        ("UPDATE scratch_boxes SET label = 'A' WHERE id = 2", ConflictError, ["/tag/label"]),
        ("UPDATE scratch_boxes SET label = NULL", RuleViolationError, ["/tag/label"]),
        ("UPDATE scratch_boxes SET size = 0", RuleViolationError, ["/tag/label", "/size"]),
        ("DELETE FROM scratch_boxes", ConflictError, []),
        ("UPDATE scratch_items SET box_id = 3", ConflictError, []),
    ],
)
async def test_integrity_errors_are_translated(
    scratch_database: Database, statement: str, expected: type[AppError], pointers: list[str]
) -> None:
    with pytest.raises(IntegrityError) as caught:
        async with scratch_database.session() as session:
            await session.execute(text(statement))
    error = translate_integrity_error(caught.value, scratch)
    assert type(error) is expected
    assert [item.pointer for item in error.errors] == pointers


async def test_unknown_violations_are_conflicts() -> None:
    error = IntegrityError("INSERT", {}, Exception("no state"))
    assert type(translate_integrity_error(error, scratch)) is ConflictError


async def test_savepoints_roll_back(scratch_database: Database) -> None:
    async with scratch_database.session() as session:
        nested = await session.begin_nested()
        await session.execute(text("UPDATE scratch_boxes SET size = 9"))
        await nested.rollback()
    async with scratch_database.session(read_only=True) as session:
        assert await session.scalar(text("SELECT max(size) FROM scratch_boxes")) == 1


def test_every_constraint_has_a_name() -> None:
    for table in Base.metadata.tables.values():
        assert all(constraint.name for constraint in table.constraints)
