"""Tickets."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import IntKey, TicketServiceDep
from app.schemas.ticket import TicketCreate, TicketListQuery, TicketPage, TicketRead, TicketUpdate

router = APIRouter(prefix="/tickets", tags=["tickets"], responses=problems(422))


@router.get("")
async def list_tickets(
    query: Annotated[TicketListQuery, Query()], tickets: TicketServiceDep
) -> TicketPage:
    """List tickets."""
    rows, total = await tickets.list(query)
    return TicketPage(
        items=[TicketRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{ticket_id:int}", responses=problems(404))
async def get_ticket(ticket_id: IntKey, tickets: TicketServiceDep) -> TicketRead:
    """Return one ticket."""
    ticket = await tickets.get(ticket_id)
    return TicketRead.model_validate(ticket)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 409))
async def create_ticket(
    data: TicketCreate, tickets: TicketServiceDep, response: Response
) -> TicketRead:
    """Create a ticket."""
    ticket = await tickets.create(data)
    response.headers["Location"] = f"/api/v1/tickets/{ticket.id}"
    return TicketRead.model_validate(ticket)


@router.patch("/{ticket_id:int}", responses=problems(400, 404, 409))
async def update_ticket(
    ticket_id: IntKey, data: TicketUpdate, tickets: TicketServiceDep
) -> TicketRead:
    """Change a ticket."""
    ticket = await tickets.update(ticket_id, data)
    return TicketRead.model_validate(ticket)


@router.delete("/{ticket_id:int}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404))
async def delete_ticket(ticket_id: IntKey, tickets: TicketServiceDep) -> None:
    """Delete a ticket."""
    await tickets.delete(ticket_id)
