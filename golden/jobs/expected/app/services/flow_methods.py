"""Flows: steps over several entities."""

from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import utcnow, utctoday
from app.core.errors import InvalidTransitionError, NotFoundError, RequirementError
from app.models import Digest, Invoice, Member
from app.models.enums import State
from app.repositories.digest_repository import DigestRepository
from app.repositories.invoice_repository import InvoiceRepository
from app.repositories.invoice_state_change_repository import InvoiceStateChangeRepository
from app.repositories.number_repository import NumberRepository
from app.repositories.outbox_repository import OutboxRepository
from app.schemas.flow_events import DigestPrinted, InvoiceSent
from app.services.flow_jobs import FlowJobs

_BOUND_8 = 8
_BOUND_3 = 3


class FlowMethods:
    """Flows: each is done as a whole, inside the transaction of the request, or not at all."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._session = session
        self._invoices = InvoiceRepository(session)
        self._digests = DigestRepository(session)
        self._invoice_state_changes = InvoiceStateChangeRepository(session)
        self._numbers = NumberRepository(session)
        self._later = FlowJobs(session)
        self._outbox = OutboxRepository(session)

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
    ) -> None:
        """Send."""
        invoice = await self._invoices.get(invoice_id)
        if invoice is None:
            detail = "Invoice not found"
            raise NotFoundError(detail)
        await self._invoices.lock(invoice)
        if invoice.owner_id != caller.id:
            detail = "Invoice not found"
            raise NotFoundError(detail)
        if invoice.amount < least:
            detail = "Nobody sends so little."
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        if not urgent and day <= utctoday() and times <= _BOUND_8 and since is None:
            detail = "The day is over."
            raise RequirementError(detail, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if channel == "none" or (state is not None and state is State.PAID):
            detail = "What it takes to send does not hold"
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        if invoice.state is not State.OPEN:
            raise InvalidTransitionError(invoice.state, "send")
        await self._invoice_state_changes.record(invoice, "send", State.SENT, caller)
        invoice.state = State.SENT
        invoice.sent_at = utcnow()
        await self._invoices.update(invoice)
        invoice.note = note
        await self._invoices.update(invoice)
        await self._outbox.add(
            "invoice.sent", InvoiceSent(invoice_id=invoice.id, channel=channel, email=caller.email)
        )

    async def remind(self, invoice_id: UUID) -> None:
        """Remind."""
        invoice = await self._invoices.get(invoice_id)
        if invoice is None:
            detail = "Invoice not found"
            raise NotFoundError(detail)
        await self._invoices.lock(invoice)
        if invoice.reminders >= _BOUND_3:
            detail = "That is enough."
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        invoice.reminders += 1
        await self._invoices.update(invoice)

    async def settle(self, invoice_id: UUID, caller: Member) -> Invoice:
        """Settle."""
        invoice = await self._invoices.get(invoice_id)
        if invoice is None:
            detail = "Invoice not found"
            raise NotFoundError(detail)
        await self._invoices.lock(invoice)
        if invoice.owner_id != caller.id:
            detail = "Invoice not found"
            raise NotFoundError(detail)
        if invoice.state not in {State.OPEN, State.SENT}:
            raise InvalidTransitionError(invoice.state, "pay")
        await self._invoice_state_changes.record(invoice, "pay", State.PAID, caller)
        invoice.state = State.PAID
        await self._invoices.update(invoice)
        await self._later.remind(invoice.id)
        return invoice

    async def print_digest(self) -> None:
        """Print digest."""
        await self._digests.create(
            Digest(number=await self._numbers.next("DIGEST-{:06d}"), printed_at=utcnow())
        )

    async def tidy(self) -> None:
        """Tidy."""
        digest = Digest(number=await self._numbers.next("TIDY-{:06d}"), printed_at=utcnow())
        await self._digests.create(digest)
        await self._outbox.add("digest.printed", DigestPrinted(digest_id=digest.id))
