"""API models of changes of the state of invoices."""

from uuid import UUID

from app.schemas.base import OutputModel, Page
from app.schemas.types import UtcDatetime


class InvoiceStateChangeRead(OutputModel):
    """A change of the state of one invoice."""

    id: UUID
    transition: str
    from_state: str
    to_state: str
    changed_at: UtcDatetime
    changed_by_id: UUID | None


class InvoiceStateChangePage(Page[InvoiceStateChangeRead]):
    """One page of the changes of the state of one invoice."""
