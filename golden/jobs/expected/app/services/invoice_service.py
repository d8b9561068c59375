"""Invoices."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Invoice, InvoiceStateChange, Member
from app.models.enums import MemberRole
from app.repositories.invoice_repository import InvoiceRepository
from app.repositories.invoice_state_change_repository import InvoiceStateChangeRepository
from app.schemas.base import PageQuery
from app.schemas.invoice import InvoiceCreate, InvoiceListQuery, InvoiceUpdate


class InvoiceService:
    """Use cases of invoices."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._invoices = InvoiceRepository(session)
        self._invoice_state_changes = InvoiceStateChangeRepository(session)

    async def list(self, query: InvoiceListQuery, caller: Member) -> tuple[Sequence[Invoice], int]:
        """List invoices."""
        return await self._invoices.list(query, caller)

    async def get(self, invoice_id: UUID, caller: Member) -> Invoice:
        """Return one invoice, unless the caller may not know that it exists."""
        invoice = await self._invoices.get(invoice_id)
        if invoice is None or not _may_read(invoice, caller):
            detail = "Invoice not found"
            raise NotFoundError(detail)
        return invoice

    async def state_history(
        self, invoice_id: UUID, query: PageQuery, caller: Member
    ) -> tuple[Sequence[InvoiceStateChange], int]:
        """List the changes of the state of an invoice, the first one first."""
        invoice = await self.get(invoice_id, caller)
        return await self._invoice_state_changes.list(invoice, query)

    async def create(self, data: InvoiceCreate, caller: Member) -> Invoice:
        """Create an invoice."""
        invoice = Invoice(amount=data.amount, owner_id=caller.id)
        await self._invoices.create(invoice)
        return invoice

    async def update(self, invoice_id: UUID, data: InvoiceUpdate, caller: Member) -> Invoice:
        """Change an invoice."""
        invoice = await self.get(invoice_id, caller)
        if data.amount is not MISSING:
            invoice.amount = data.amount
        await self._invoices.update(invoice)
        return invoice

    async def delete(self, invoice_id: UUID, caller: Member) -> None:
        """Delete an invoice."""
        invoice = await self.get(invoice_id, caller)
        await self._invoices.delete(invoice)


def _may_read(invoice: Invoice, caller: Member) -> bool:
    return caller.role is MemberRole.CLERK or invoice.owner_id == caller.id
