"""Tickets."""

from collections.abc import Sequence

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import utcnow
from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Label, Ticket
from app.repositories.country_repository import CountryRepository
from app.repositories.label_repository import LabelRepository
from app.repositories.ticket_repository import TicketRepository
from app.schemas.ticket import TicketCreate, TicketListQuery, TicketUpdate


class TicketService:
    """Use cases of tickets."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._tickets = TicketRepository(session)
        self._countries = CountryRepository(session)
        self._labels = LabelRepository(session)

    async def list(self, query: TicketListQuery) -> tuple[Sequence[Ticket], int]:
        """List tickets."""
        return await self._tickets.list(query)

    async def get(self, ticket_id: int) -> Ticket:
        """Return one ticket."""
        ticket = await self._tickets.get(ticket_id)
        if ticket is None:
            detail = "Ticket not found"
            raise NotFoundError(detail)
        return ticket

    async def create(self, data: TicketCreate) -> Ticket:
        """Create a ticket."""
        await self._check_country(data.country_code)
        ticket = Ticket(
            subject=data.subject,
            country_code=data.country_code,
            labels=list(await self._find_labels(data.label_ids)),
        )
        await self._tickets.create(ticket)
        return ticket

    async def update(self, ticket_id: int, data: TicketUpdate) -> Ticket:
        """Change a ticket."""
        ticket = await self.get(ticket_id)
        if data.subject is not MISSING:
            ticket.subject = data.subject
        if data.country_code is not MISSING:
            await self._check_country(data.country_code)
            ticket.country_code = data.country_code
        if data.label_ids is not MISSING:
            ticket.labels = list(await self._find_labels(data.label_ids))
            ticket.updated_at = utcnow()
        await self._tickets.update(ticket)
        return ticket

    async def delete(self, ticket_id: int) -> None:
        """Delete a ticket."""
        ticket = await self.get(ticket_id)
        await self._tickets.delete(ticket)

    async def _check_country(self, country_code: str | None) -> None:
        if country_code is not None and await self._countries.get(country_code) is None:
            detail = "Country not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/country_code", "No such country", "reference")]
            )

    async def _find_labels(self, label_ids: Sequence[int]) -> Sequence[Label]:
        found = {label.id: label for label in await self._labels.get_many(label_ids)}
        errors = [
            FieldError(f"/label_ids/{index}", "No such label", "reference")
            for index, key in enumerate(label_ids)
            if key not in found
        ]
        if errors:
            detail = "Some labels do not exist"
            raise RuleViolationError(detail, errors=errors)
        return sorted(found.values(), key=lambda label: label.id)
