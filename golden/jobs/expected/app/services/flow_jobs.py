"""Flows that are done after the answer."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Member
from app.models.enums import State
from app.models.flow_job import FlowJob
from app.repositories.flow_job_repository import FlowJobRepository
from app.repositories.invoice_repository import InvoiceRepository
from app.schemas.flow_jobs import PrintDigestJob, RemindJob, SendJob


class FlowJobs:
    """Flows for workers: each is stored inside the transaction of the request."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._stored = FlowJobRepository(session)
        self._invoices = InvoiceRepository(session)

    async def send(
        self,
        invoice_id: UUID,
        day: date,
        channel: str,
        least: Decimal,
        note: str | None,
        state: State | None,
        times: int,
        since: datetime | None,
        caller: Member,
        *,
        urgent: bool,
    ) -> FlowJob:
        """Send, after the answer."""
        if await self._invoices.get(invoice_id) is None:
            detail = "Invoice not found"
            raise NotFoundError(detail)
        return await self._stored.add(
            "send",
            SendJob(
                invoice_id=invoice_id,
                day=day,
                channel=channel,
                least=least,
                note=note,
                urgent=urgent,
                state=state,
                times=times,
                since=since,
                caller_id=caller.id,
            ),
        )

    async def remind(self, invoice_id: UUID) -> FlowJob:
        """Remind, after the answer."""
        if await self._invoices.get(invoice_id) is None:
            detail = "Invoice not found"
            raise NotFoundError(detail)
        return await self._stored.add("remind", RemindJob(invoice_id=invoice_id))

    async def print_digest(self) -> FlowJob:
        """Print digest, after the answer."""
        return await self._stored.add("print_digest", PrintDigestJob())
