"""API models of changes of the state of orders."""

from uuid import UUID

from app.schemas.base import OutputModel, Page
from app.schemas.types import UtcDatetime


class OrderStateChangeRead(OutputModel):
    """A change of the state of one order."""

    id: UUID
    transition: str
    from_state: str
    to_state: str
    changed_at: UtcDatetime
    changed_by_id: UUID | None


class OrderStateChangePage(Page[OrderStateChangeRead]):
    """One page of the changes of the state of one order."""
