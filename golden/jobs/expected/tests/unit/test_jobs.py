import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from random import SystemRandom

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.database import Database
from app.core.errors import ConflictError
from app.main import create_app, lifespan
from app.models import FlowJob
from app.repositories.flow_job_repository import FlowJobRepository
from app.schemas.base import OutputModel
from app.services import job_worker
from app.services.job_worker import JobWorker, backoff, next_start
from tests.jobs import stored

HOUR = timedelta(hours=1)
LEASE = timedelta(minutes=1)
NEVER = timedelta(days=365)


class FlakyDatabase(Database):
    """Is away at first."""

    failures = 2

    @asynccontextmanager
    async def session(self, *, read_only: bool = False) -> AsyncGenerator[AsyncSession]:
        if self.failures:
            self.failures -= 1
            raise OperationalError(None, None, Exception("away"))
        async with super().session(read_only=read_only) as session:
            yield session


class Recorder:
    """Stands for all flows: remembers the jobs that are done, and writes a row for each."""

    def __init__(self, *failures: Exception | asyncio.CancelledError) -> None:
        self.failures = list(failures)
        self.tried: list[str] = []
        self.done: asyncio.Queue[str] = asyncio.Queue()

    def __call__(self, session: AsyncSession, *given: object) -> "Recorder":
        del given
        self.session = session
        return self

    async def run(self, job: FlowJob) -> None:
        self.tried.append(job.name)
        # What is written before a failure is undone.
        self.session.add(FlowJob(name="written", payload={}, next_attempt_at=utcnow() + NEVER))
        await self.session.flush()
        await asyncio.sleep(0)  # lets other workers go on
        if self.failures:
            raise self.failures.pop(0)
        await self.done.put(job.name)

    async def wait(self) -> None:
        """Wait for the next job; fail instead of hanging when there is none."""
        await asyncio.wait_for(self.done.get(), timeout=30)


def record(
    monkeypatch: pytest.MonkeyPatch, *failures: Exception | asyncio.CancelledError
) -> Recorder:
    recorder = Recorder(*failures)
    monkeypatch.setattr(job_worker, "JobRunner", recorder)
    return recorder


async def store(database: Database, *names: str) -> None:
    async with database.session() as session:
        session.add_all([FlowJob(name=name, payload={}) for name in names])


async def written(database: Database) -> int:
    return sum(job.name == "written" for job in await stored(database))


async def find(database: Database, name: str) -> FlowJob:
    return next(job for job in await stored(database) if job.name == name)


async def drain(worker: JobWorker) -> None:
    async with asyncio.timeout(30):
        while await worker.run_once():
            pass


def advance(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Move the clock of the worker."""
    monkeypatch.setattr(job_worker, "utcnow", lambda: utcnow() + by)


async def test_jobs_of_undone_transactions_are_not_stored(clean_database: Database) -> None:
    async def fail() -> None:
        async with clean_database.session() as session:
            await FlowJobRepository(session).add("first", OutputModel())
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert not await stored(clean_database)


async def test_a_job_is_done_once(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = record(monkeypatch)
    await store(clean_database, "first", "second")
    worker = JobWorker(clean_database, settings)
    await drain(worker)
    assert recorder.tried == ["first", "second"]
    job = await find(clean_database, "first")
    assert (job.outcome, job.attempts, job.next_attempt_at) == ("done", 1, None)
    assert job.finished_at is not None
    assert await written(clean_database) == 2


async def test_what_is_refused_is_not_tried_again(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = record(monkeypatch, ConflictError("A name that nobody should read in a log"))
    await store(clean_database, "first")
    advance(monkeypatch, HOUR)
    with capture_logs() as logs:
        await drain(JobWorker(clean_database, settings))
    advance(monkeypatch, 24 * HOUR)
    await drain(JobWorker(clean_database, settings))
    assert recorder.tried == ["first"]
    job = await find(clean_database, "first")
    assert (job.outcome, job.next_attempt_at) == ("refused", None)
    assert await written(clean_database) == 0
    assert [(log["event"], log["reason"], log["status"]) for log in logs] == [
        ("job_refused", "conflict", 409)
    ]
    assert "nobody" not in str(logs)


async def test_what_fails_is_tried_again_later(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = record(monkeypatch, LookupError("secret"), LookupError("secret"))
    monkeypatch.setattr(job_worker, "backoff", lambda attempts: attempts * HOUR)
    await store(clean_database, "first")
    worker = JobWorker(clean_database, settings)
    with capture_logs() as logs:
        for hours in (0, 1, 3):
            advance(monkeypatch, hours * HOUR + LEASE)
            assert await worker.run_once() is True
            assert await worker.run_once() is False
    assert recorder.tried == ["first"] * 3
    assert (await find(clean_database, "first")).outcome == "done"
    assert await written(clean_database) == 1
    assert [(log["event"], log["reason"], log["attempts"]) for log in logs] == [
        ("job_postponed", "LookupError", 1),
        ("job_postponed", "LookupError", 2),
    ]
    assert "secret" not in str(logs)


async def test_what_always_fails_is_given_up(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = record(monkeypatch, *[LookupError() for _ in range(10)])
    limited = settings.model_copy(update={"jobs_max_attempts": 3})
    await store(clean_database, "first")
    worker = JobWorker(clean_database, limited)
    with capture_logs() as logs:
        for hours in range(0, 20, 2):
            advance(monkeypatch, hours * HOUR)
            await worker.run_once()
    assert recorder.tried == ["first"] * 3
    assert (await find(clean_database, "first")).outcome == "failed"
    assert [log["event"] for log in logs] == ["job_postponed", "job_postponed", "job_given_up"]


async def test_a_crash_leaves_the_job_to_the_next_worker(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = record(monkeypatch, *[asyncio.CancelledError() for _ in range(2)])
    limited = settings.model_copy(update={"jobs_max_attempts": 2})
    await store(clean_database, "first")
    for attempt in (0, 1):
        advance(monkeypatch, attempt * 2 * LEASE)
        with pytest.raises(asyncio.CancelledError):
            await JobWorker(clean_database, limited).run_once()
        assert await JobWorker(clean_database, limited).run_once() is False
    assert await written(clean_database) == 0
    # What takes workers with it is given up as well.
    advance(monkeypatch, 4 * LEASE)
    await drain(JobWorker(clean_database, limited))
    assert recorder.tried == ["first"] * 2
    assert (await find(clean_database, "first")).outcome == "failed"


async def test_who_comes_late_does_nothing(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = record(monkeypatch)
    await store(clean_database, "first")
    now = utcnow()
    async with clean_database.session() as session:
        late = await FlowJobRepository(session).claim(now, LEASE)
    assert late is not None
    advance(monkeypatch, 2 * LEASE)
    await drain(JobWorker(clean_database, settings))
    async with clean_database.session() as session:
        jobs = FlowJobRepository(session)
        assert await jobs.hold(late) is None
        await jobs.finish(late, "failed", now)
        await jobs.postpone(late, now)
    await drain(JobWorker(clean_database, settings))
    assert recorder.tried == ["first"]
    assert (await find(clean_database, "first")).outcome == "done"


async def test_workers_share_the_work(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = record(monkeypatch)
    names = [f"job-{number:02}" for number in range(20)]
    await store(clean_database, *names)
    workers = [JobWorker(clean_database, settings) for _ in range(2)]
    await asyncio.gather(*(drain(worker) for worker in workers))
    assert sorted(recorder.tried) == names
    assert await written(clean_database) == 20


async def test_flows_start_by_themselves(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = record(monkeypatch)
    monkeypatch.setattr(job_worker, "SCHEDULES", {"first": "*/10 * * * *"})
    workers = [JobWorker(clean_database, settings) for _ in range(2)]
    for worker in workers:
        await worker.plan()
        await worker.plan()
    (job,) = await stored(clean_database)
    assert job.scheduled_for == next_start("*/10 * * * *", job.created_at)
    await drain(workers[0])
    assert not recorder.tried
    # Nobody works for an hour: one start is late, the others are not caught up.
    advance(monkeypatch, HOUR)
    for worker in workers:
        await worker.plan()
    await asyncio.gather(*(drain(worker) for worker in workers))
    assert recorder.tried == ["first"]
    async with clean_database.session() as session:
        await FlowJobRepository(session).schedule("first", job.scheduled_for)
    await drain(workers[0])
    assert recorder.tried == ["first"]
    planned = [job for job in await stored(clean_database) if job.scheduled_for is not None]
    assert [job.outcome for job in planned] == ["done", None]


@pytest.mark.parametrize("schedules", [{}, {"first": "1-59/10 * * * *"}])
async def test_starts_of_other_schedules_are_dropped(
    clean_database: Database,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    schedules: dict[str, str],
) -> None:
    recorder = record(monkeypatch)
    monkeypatch.setattr(job_worker, "SCHEDULES", {"first": "*/10 * * * *"})
    worker = JobWorker(clean_database, settings)
    await worker.plan()
    monkeypatch.setattr(job_worker, "SCHEDULES", schedules)
    advance(monkeypatch, HOUR)
    with capture_logs() as logs:
        await drain(worker)
    assert not recorder.tried
    assert [log["event"] for log in logs] == ["job_dropped"]
    assert (await find(clean_database, "first")).outcome == "dropped"


def test_schedules_are_in_utc() -> None:
    friday = datetime(2026, 11, 27, 8, tzinfo=UTC)
    assert next_start("0 8 * * MON-FRI", friday) == friday + timedelta(days=3)
    assert next_start("0 8 * * MON-FRI", friday - timedelta(seconds=1)) == friday


def test_delays_grow_up_to_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SystemRandom, "random", lambda _: 1)
    assert [backoff(attempts).total_seconds() for attempts in (1, 2, 3)] == [10, 20, 40]
    assert backoff(10) == backoff(10_000) == HOUR
    monkeypatch.setattr(SystemRandom, "random", lambda _: 0)
    assert backoff(10) == timedelta()


async def test_the_worker_runs_with_the_application(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = record(monkeypatch)
    here = settings.model_copy(update={"jobs_worker": True})
    async with lifespan(create_app(here)):
        await store(clean_database, "first")
        await recorder.wait()


async def test_the_worker_may_run_elsewhere(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = record(monkeypatch)
    await store(clean_database, "first")
    elsewhere = settings.model_copy(update={"jobs_worker": False, "jobs_poll_seconds": 0.001})
    async with lifespan(create_app(elsewhere)):
        await asyncio.sleep(0.1)
    assert not recorder.tried


async def test_the_worker_outlives_the_database_and_forgets(
    clean_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = record(monkeypatch)
    await store(clean_database, "first")
    await drain(JobWorker(clean_database, settings))
    await recorder.wait()
    await store(clean_database, "second")
    advance(monkeypatch, timedelta(days=7, hours=1))
    impatient = settings.model_copy(update={"jobs_poll_seconds": 0.001})
    with capture_logs() as logs:
        async with job_worker.working(FlakyDatabase(clean_database.engine), impatient):
            await recorder.wait()
    assert [log["event"] for log in logs] == ["worker_failed", "worker_failed"]
    assert "first" not in [job.name for job in await stored(clean_database)]
