"""Queries on invoices."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression, true

from app.models import Invoice, Member
from app.models.enums import MemberRole
from app.repositories.base import Repository
from app.schemas.invoice import InvoiceListQuery, InvoiceSort

_ORDERS: dict[InvoiceSort, UnaryExpression[Any]] = {
    InvoiceSort.CREATED_AT: Invoice.created_at.asc(),
    InvoiceSort.CREATED_AT_DESC: Invoice.created_at.desc(),
}


class InvoiceRepository(Repository[Invoice]):
    """Invoices."""

    model = Invoice

    async def get(self, invoice_id: UUID) -> Invoice | None:
        """Return the invoice with this key, if there is one."""
        return await self.session.scalar(self.select().where(Invoice.id == invoice_id))

    async def list(self, query: InvoiceListQuery, caller: Member) -> tuple[Sequence[Invoice], int]:
        """Return one page of the invoices that the caller may see."""
        statement = (
            self.select().where(_visible_to(caller)).order_by(_ORDERS[query.sort], Invoice.id)
        )
        return await self.page(statement, limit=query.limit, offset=query.offset)


def _visible_to(caller: Member) -> ColumnElement[bool]:
    if caller.role is MemberRole.CLERK:
        return true()
    return Invoice.owner_id == caller.id
