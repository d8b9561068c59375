"""Queries on flows that workers are to do."""

from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel
from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite

from app.core.ids import uuid7
from app.models.flow_job import FlowJob
from app.repositories.base import Repository


class FlowJobRepository(Repository[FlowJob]):
    """Flows that workers are to do."""

    model = FlowJob

    async def add(self, name: str, payload: BaseModel) -> FlowJob:
        """Have a flow done, if the transaction commits."""
        job = FlowJob(name=name, payload=payload.model_dump(mode="json"))
        await self.create(job)
        return job

    async def schedule(self, name: str, moment: datetime) -> None:
        """Have a flow done at a moment, unless that is stored already."""
        is_sqlite = self.session.get_bind().dialect.name == "sqlite"
        insert: sqlite.Insert | postgresql.Insert = (
            sqlite.insert(FlowJob) if is_sqlite else postgresql.insert(FlowJob)
        )
        job: dict[str, Any] = {
            "id": uuid7(),
            "name": name,
            "payload": {},
            "scheduled_for": moment,
            "next_attempt_at": moment,
        }
        await self.session.execute(insert.values(job).on_conflict_do_nothing())

    async def claim(self, now: datetime, lease: timedelta) -> FlowJob | None:
        """Take the job that has been due for longest, and count the attempt.

        Nobody else takes it before the lease ends: then its taker must have crashed.
        """
        job = await self.session.scalar(
            self.select()
            .where(FlowJob.next_attempt_at <= now)
            # Keys of the same millisecond are in no order.
            .order_by(FlowJob.next_attempt_at, FlowJob.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if job is not None:
            job.attempts += 1
            job.next_attempt_at = now + lease
            await self.update(job)
        return job

    async def hold(self, claimed: FlowJob) -> FlowJob | None:
        """Lock a job until the transaction ends, unless somebody else has claimed it since."""
        return await self.session.scalar(
            self.select()
            .where(
                FlowJob.id == claimed.id,
                FlowJob.attempts == claimed.attempts,
                FlowJob.next_attempt_at.is_not(None),
            )
            .with_for_update(skip_locked=True)
        )

    async def finish(self, job: FlowJob, outcome: str, now: datetime) -> None:
        """Note how a job ended, unless somebody else has claimed it since."""
        await self.session.execute(
            update(FlowJob)
            .where(
                FlowJob.id == job.id,
                FlowJob.attempts == job.attempts,
                FlowJob.next_attempt_at.is_not(None),
            )
            .values(outcome=outcome, finished_at=now, next_attempt_at=None)
        )

    async def postpone(self, job: FlowJob, until: datetime) -> None:
        """Note when to try again, unless somebody else has claimed the job since."""
        await self.session.execute(
            update(FlowJob)
            .where(
                FlowJob.id == job.id,
                FlowJob.attempts == job.attempts,
                FlowJob.next_attempt_at.is_not(None),
            )
            .values(next_attempt_at=until)
        )

    async def forget(self, before: datetime) -> None:
        """Delete the jobs that were over before a moment."""
        await self.session.execute(delete(FlowJob).where(FlowJob.finished_at < before))
