"""Jobs in tests: what is stored, and what comes of it."""

from collections.abc import Sequence

from cronsim import CronSim
from sqlalchemy import select

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.database import Database
from app.models import FlowJob
from app.repositories.flow_job_repository import FlowJobRepository
from app.services.job_runner import SCHEDULES
from app.services.job_worker import JobWorker


async def stored(database: Database) -> Sequence[FlowJob]:
    """Return all jobs in the order in which they were stored."""
    async with database.session(read_only=True) as session:
        jobs = await session.scalars(select(FlowJob).order_by(FlowJob.created_at, FlowJob.id))
        return jobs.all()


async def make_due(database: Database, name: str) -> None:
    """Have a flow that starts by itself be due."""
    async with database.session() as session:
        last = next(CronSim(SCHEDULES[name], utcnow(), reverse=True))
        await FlowJobRepository(session).schedule(name, last)


async def outcomes(database: Database, settings: Settings, name: str) -> list[str | None]:
    """Do all jobs that are due, and return what came of those of one flow."""
    worker = JobWorker(database, settings)
    while await worker.run_once():
        pass
    return [job.outcome for job in await stored(database) if job.name == name]
