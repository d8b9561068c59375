import asyncio
import signal
from pathlib import Path

import pytest

from app import relay
from app.core import event_sinks
from app.core.config import Settings
from app.core.database import Database, build_engine
from app.core.event_sinks import EventMessage, LogSink
from app.core.migrations import upgrade_to_head
from app.repositories.outbox_repository import OutboxRepository
from app.schemas.base import OutputModel


class StoppingSink(LogSink):
    """Stops the process at the first event."""

    def __init__(self, number: signal.Signals) -> None:
        self.number = number

    async def send(self, message: EventMessage) -> None:
        await super().send(message)
        signal.raise_signal(self.number)


async def emit(settings: Settings) -> None:
    database = Database(build_engine(settings))
    await upgrade_to_head(database)
    async with database.session() as session:
        await OutboxRepository(session).add("thing.made", OutputModel())
    await database.dispose()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_relay_ends_at_signals(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'relay.db'}"
    alone = settings.model_copy(update={"database_url": url})
    asyncio.run(emit(alone))
    monkeypatch.setattr(relay, "get_settings", lambda: alone)
    monkeypatch.setattr(event_sinks, "build_sink", lambda _: StoppingSink(number))
    asyncio.run(asyncio.wait_for(relay.relay(), timeout=30))
