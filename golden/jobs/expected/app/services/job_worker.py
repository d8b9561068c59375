"""Work on the flows that are done after the answer, or by themselves."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from random import SystemRandom

import structlog
from cronsim import CronSim

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.database import Database
from app.core.errors import AppError
from app.models.flow_job import FlowJob
from app.repositories.flow_job_repository import FlowJobRepository
from app.services.job_runner import SCHEDULES, JobRunner

_LEASE = timedelta(minutes=1)
_FIRST_DELAY = timedelta(seconds=10)
_LONGEST_DELAY = timedelta(hours=1)
_MAX_DOUBLINGS = 10
_LONGEST_PAUSE = 60.0
_CLEANING_INTERVAL = timedelta(hours=1)
_random = SystemRandom()
_logger: structlog.stdlib.BoundLogger = structlog.get_logger("app.jobs")


class JobWorker:
    """Does each job once; any number of workers may work at the same time.

    What a job does and the note that it is done are one transaction, which holds the lock of the
    job. A worker that crashes has changed nothing, and when the lease ends the next one tries
    again: the attempt was counted before.
    """

    def __init__(self, database: Database, settings: Settings) -> None:
        """Do the jobs in ``database``."""
        self._database = database
        self._settings = settings
        self._cleaned_at: datetime | None = None
        self._planned_until: datetime | None = None

    async def run(self) -> None:
        """Work until cancelled."""
        pause = self._settings.jobs_poll_seconds
        while True:
            due = False
            try:
                await self._clean()
                await self.plan()
                due = await self.run_once()
                pause = self._settings.jobs_poll_seconds
            except Exception:  # the database is away, and will be back
                _logger.warning("worker_failed", exc_info=True)
                pause = min(2 * pause, _LONGEST_PAUSE)
            if not due:
                await asyncio.sleep(pause)

    async def plan(self) -> None:
        """Store the next start of each flow that starts by itself.

        Starts that are missed while nobody works are not stored: at most one is late.
        """
        now = utcnow()
        if self._planned_until is not None and now < self._planned_until:
            return
        starts = {name: next_start(schedule, now) for name, schedule in SCHEDULES.items()}
        async with self._database.session() as session:
            jobs = FlowJobRepository(session)
            for name, start in starts.items():
                await jobs.schedule(name, start)
        self._planned_until = min(starts.values())

    async def run_once(self) -> bool:
        """Try to do one job; tell whether one was due."""
        async with self._database.session() as session:
            job = await FlowJobRepository(session).claim(utcnow(), _LEASE)
        if job is None:
            return False
        log = _logger.bind(name=job.name, id=str(job.id), attempts=job.attempts)
        if job.scheduled_for is not None and not is_start(job.name, job.scheduled_for):
            log.warning("job_dropped", scheduled_for=job.scheduled_for.isoformat())
            await self._finish(job, "dropped")
            return True
        if job.attempts > self._settings.jobs_max_attempts:
            log.error("job_given_up", reason="crashed")
            await self._finish(job, "failed")
            return True
        try:
            await self._do(job)
        except AppError as error:  # it would be refused again
            log.warning("job_refused", reason=error.code, status=error.status.value)
            await self._finish(job, "refused")
        except Exception as error:  # noqa: BLE001  # whatever it is, another attempt may succeed
            await self._postpone(job, error, log)
        return True

    async def _do(self, claimed: FlowJob) -> None:
        async with self._database.session() as session:
            jobs = FlowJobRepository(session)
            job = await jobs.hold(claimed)
            if job is not None:
                await JobRunner(session, self._settings).run(job)
                await jobs.finish(job, "done", utcnow())

    async def _finish(self, job: FlowJob, outcome: str) -> None:
        async with self._database.session() as session:
            await FlowJobRepository(session).finish(job, outcome, utcnow())

    async def _postpone(
        self, job: FlowJob, error: Exception, log: structlog.stdlib.BoundLogger
    ) -> None:
        # Texts of errors may hold personal data.
        log = log.bind(reason=type(error).__name__)
        if job.attempts >= self._settings.jobs_max_attempts:
            log.error("job_given_up")
            await self._finish(job, "failed")
            return
        until = utcnow() + backoff(job.attempts)
        log.warning("job_postponed", until=until.isoformat())
        async with self._database.session() as session:
            await FlowJobRepository(session).postpone(job, until)

    async def _clean(self) -> None:
        now = utcnow()
        if self._cleaned_at is not None and now < self._cleaned_at + _CLEANING_INTERVAL:
            return
        retention = timedelta(days=self._settings.jobs_retention_days)
        async with self._database.session() as session:
            await FlowJobRepository(session).forget(now - retention)
        self._cleaned_at = now


def next_start(schedule: str, after: datetime) -> datetime:
    """Return the first moment of a schedule behind another one, in UTC."""
    return next(CronSim(schedule, after))


def is_start(name: str, moment: datetime) -> bool:
    """Tell whether a flow starts by itself at a moment: its schedule may have changed since."""
    schedule = SCHEDULES.get(name)
    return schedule is not None and next_start(schedule, moment - timedelta(seconds=1)) == moment


def backoff(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: at random, up to twice as long each time."""
    doublings = min(attempts - 1, _MAX_DOUBLINGS)
    return min(_FIRST_DELAY * (1 << doublings), _LONGEST_DELAY) * _random.random()


@asynccontextmanager
async def working(database: Database, settings: Settings) -> AsyncGenerator[None]:
    """Do jobs in the background."""
    task = asyncio.create_task(JobWorker(database, settings).run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
