"""What workers do."""

from pydantic import JsonValue
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import Settings
from app.models.flow_job import FlowJob
from app.schemas.flow_jobs import RemindJob, SendJob
from app.services.auth_service import AuthService
from app.services.flow_methods import FlowMethods

SCHEDULES = {"print_digest": "0 8 * * MON-FRI", "tidy": "*/15 0-6,22 1 * *"}


class JobRunner:
    """Does flows: each job as a whole, inside the transaction of ``session``."""

    def __init__(self, session: AsyncSession, settings: Settings) -> None:
        """Work inside the transaction of ``session``."""
        self._flows = FlowMethods(session)
        self._auth = AuthService(session, settings)

    async def run(self, job: FlowJob) -> None:
        """Do what a job asks for."""
        runners = {
            "send": self._do_send,
            "remind": self._do_remind,
            "print_digest": self._do_print_digest,
            "tidy": self._do_tidy,
        }
        await runners[job.name](job.payload)

    async def _do_send(self, payload: dict[str, JsonValue]) -> None:
        job = SendJob.model_validate(payload)
        caller = await self._auth.authenticate(job.caller_id)
        await self._flows.send(
            job.invoice_id,
            job.day,
            job.channel,
            job.least,
            job.note,
            job.state,
            job.times,
            job.since,
            caller,
            urgent=job.urgent,
        )

    async def _do_remind(self, payload: dict[str, JsonValue]) -> None:
        job = RemindJob.model_validate(payload)
        await self._flows.remind(job.invoice_id)

    async def _do_print_digest(self, _payload: dict[str, JsonValue]) -> None:
        await self._flows.print_digest()

    async def _do_tidy(self, _payload: dict[str, JsonValue]) -> None:
        await self._flows.tidy()
