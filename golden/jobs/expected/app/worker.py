"""Does jobs, and nothing else: ``python -m app.worker``.

For a process of its own; with ``JOBS_WORKER=true`` the service does them by itself.
"""

import asyncio
import signal

from app.core.config import get_settings
from app.core.database import Database, build_engine
from app.core.logging import configure_logging
from app.services.job_worker import working


async def work() -> None:
    """Do jobs until SIGINT or SIGTERM."""
    settings = get_settings()
    configure_logging(settings)
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    database = Database(build_engine(settings))
    try:
        async with working(database, settings):
            await stopped.wait()
    finally:
        await database.dispose()


if __name__ == "__main__":
    asyncio.run(work())
