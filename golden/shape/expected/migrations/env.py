"""Alembic environment: works from the command line and on a connection handed in by the app."""

import asyncio
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from app.core.column_types import UTCDateTime
from app.core.config import get_settings
from app.core.database import build_engine, migrating
from app.models import Base


def render_item(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:  # noqa: ANN401
    """Write plain SQLAlchemy types, so that old migrations never depend on current code."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


OPTIONS: dict[str, Any] = {
    "target_metadata": Base.metadata,
    "render_item": render_item,
    "render_as_batch": True,
    "compare_type": True,
    "compare_server_default": True,
    "transaction_per_migration": True,
    "autogenerate_plugins": ["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"],
}


def run(connection: Connection) -> None:
    """Run the migrations on a synchronous connection."""
    context.configure(connection=connection, **OPTIONS)
    with context.begin_transaction():
        context.run_migrations()


async def run_async() -> None:
    """Run the migrations on a connection of our own."""
    engine = build_engine(get_settings())
    try:
        async with migrating(engine).connect() as connection:
            await connection.run_sync(run)
    finally:
        await engine.dispose()


if context.is_offline_mode():
    context.configure(url=get_settings().database_url, literal_binds=True, **OPTIONS)
    with context.begin_transaction():
        context.run_migrations()
elif (bound := context.config.attributes.get("connection")) is not None:
    run(bound)
else:
    asyncio.run(run_async())
