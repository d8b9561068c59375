"""Queries on changes of the state of invoices."""

from collections.abc import Sequence

from app.models import Invoice, InvoiceStateChange, Member
from app.models.enums import State
from app.repositories.base import Repository
from app.schemas.base import PageQuery


class InvoiceStateChangeRepository(Repository[InvoiceStateChange]):
    """Changes of the state of invoices."""

    model = InvoiceStateChange

    async def record(
        self, invoice: Invoice, transition: str, to_state: State, caller: Member
    ) -> None:
        """Keep a change of the state that is about to be made."""
        await self.create(
            InvoiceStateChange(
                invoice_id=invoice.id,
                transition=transition,
                from_state=invoice.state.value,
                to_state=to_state.value,
                changed_by_id=caller.id,
            )
        )

    async def list(
        self, invoice: Invoice, query: PageQuery
    ) -> tuple[Sequence[InvoiceStateChange], int]:
        """Return one page of the changes of the state of one invoice, the first one first."""
        statement = (
            self.select()
            .where(InvoiceStateChange.invoice_id == invoice.id)
            .order_by(InvoiceStateChange.changed_at, InvoiceStateChange.id)
        )
        return await self.page(statement, limit=query.limit, offset=query.offset)
