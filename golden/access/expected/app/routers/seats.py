"""Seats."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import CurrentUserDep, SeatServiceDep
from app.schemas.seat import SeatCreate, SeatListQuery, SeatPage, SeatRead, SeatUpdate

router = APIRouter(prefix="/seats", tags=["seats"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_seats(
    query: Annotated[SeatListQuery, Query()], seats: SeatServiceDep, caller: CurrentUserDep
) -> SeatPage:
    """List seats."""
    rows, total = await seats.list(query, caller)
    return SeatPage(
        items=[SeatRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{seat_id:uuid}", responses=problems(401, 404))
async def get_seat(seat_id: UUID, seats: SeatServiceDep, caller: CurrentUserDep) -> SeatRead:
    """Return one seat."""
    seat = await seats.get(seat_id, caller)
    return SeatRead.model_validate(seat)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 403, 409))
async def create_seat(
    data: SeatCreate, seats: SeatServiceDep, caller: CurrentUserDep, response: Response
) -> SeatRead:
    """Create a seat."""
    seat = await seats.create(data, caller)
    response.headers["Location"] = f"/api/v1/seats/{seat.id}"
    return SeatRead.model_validate(seat)


@router.patch("/{seat_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_seat(
    seat_id: UUID, data: SeatUpdate, seats: SeatServiceDep, caller: CurrentUserDep
) -> SeatRead:
    """Change a seat."""
    seat = await seats.update(seat_id, data, caller)
    return SeatRead.model_validate(seat)


@router.delete(
    "/{seat_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_seat(seat_id: UUID, seats: SeatServiceDep, caller: CurrentUserDep) -> None:
    """Delete a seat."""
    await seats.delete(seat_id, caller)
