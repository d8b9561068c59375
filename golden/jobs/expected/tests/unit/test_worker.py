import asyncio
import signal
from pathlib import Path

import pytest

from app import worker
from app.core.config import Settings
from app.core.database import Database, build_engine
from app.core.migrations import upgrade_to_head
from app.models import FlowJob
from app.services import job_worker


async def store(settings: Settings) -> None:
    database = Database(build_engine(settings))
    await upgrade_to_head(database)
    async with database.session() as session:
        session.add(FlowJob(name="stop", payload={}))
    await database.dispose()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_worker_ends_at_signals(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    class StoppingRunner:
        """Stops the process at the first job."""

        def __init__(self, *given: object) -> None:
            del given

        async def run(self, job: FlowJob) -> None:
            del job
            signal.raise_signal(number)

    url = f"sqlite+aiosqlite:///{tmp_path / 'worker.db'}"
    alone = settings.model_copy(update={"database_url": url})
    asyncio.run(store(alone))
    monkeypatch.setattr(worker, "get_settings", lambda: alone)
    monkeypatch.setattr(job_worker, "JobRunner", StoppingRunner)
    asyncio.run(asyncio.wait_for(worker.work(), timeout=30))
