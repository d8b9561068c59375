"""Queries on tickets."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import UnaryExpression
from sqlalchemy.orm import selectinload

from app.models import Ticket
from app.repositories.base import Repository
from app.schemas.ticket import TicketListQuery, TicketSort

_ORDERS: dict[TicketSort, UnaryExpression[Any]] = {
    TicketSort.CREATED_AT: Ticket.created_at.asc(),
    TicketSort.CREATED_AT_DESC: Ticket.created_at.desc(),
}


class TicketRepository(Repository[Ticket]):
    """Tickets."""

    model = Ticket
    options = (selectinload(Ticket.labels),)
    computed = ("label_count", "letters", "country_name")

    async def get(self, ticket_id: int) -> Ticket | None:
        """Return the ticket with this key, if there is one."""
        return await self.session.scalar(self.select().where(Ticket.id == ticket_id))

    async def list(self, query: TicketListQuery) -> tuple[Sequence[Ticket], int]:
        """Return one page of the tickets."""
        statement = self.select().order_by(_ORDERS[query.sort], Ticket.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
