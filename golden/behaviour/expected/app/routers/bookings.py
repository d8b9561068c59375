"""Bookings."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import BookingServiceDep, CurrentUserDep
from app.schemas.booking import (
    BookingBulkCreate,
    BookingBulkResult,
    BookingCreate,
    BookingListQuery,
    BookingPage,
    BookingRead,
    BookingReplace,
    BookingUpdate,
)

router = APIRouter(prefix="/bookings", tags=["bookings"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_bookings(
    query: Annotated[BookingListQuery, Query()], bookings: BookingServiceDep, caller: CurrentUserDep
) -> BookingPage:
    """List bookings."""
    rows, total = await bookings.list(query, caller)
    return BookingPage(
        items=[BookingRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{booking_id:uuid}", responses=problems(401, 404))
async def get_booking(
    booking_id: UUID, bookings: BookingServiceDep, caller: CurrentUserDep
) -> BookingRead:
    """Return one booking."""
    booking = await bookings.get(booking_id, caller)
    return BookingRead.model_validate(booking)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 409))
async def create_booking(
    data: BookingCreate, bookings: BookingServiceDep, caller: CurrentUserDep, response: Response
) -> BookingRead:
    """Create a booking."""
    booking = await bookings.create(data, caller)
    response.headers["Location"] = f"/api/v1/bookings/{booking.id}"
    return BookingRead.model_validate(booking)


@router.post("/bulk", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 409))
async def bulk_create_bookings(
    data: BookingBulkCreate, bookings: BookingServiceDep, caller: CurrentUserDep
) -> BookingBulkResult:
    """Create several bookings, all or none."""
    rows = await bookings.bulk_create(data, caller)
    return BookingBulkResult(items=[BookingRead.model_validate(row) for row in rows])


@router.patch("/{booking_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_booking(
    booking_id: UUID, data: BookingUpdate, bookings: BookingServiceDep, caller: CurrentUserDep
) -> BookingRead:
    """Change a booking."""
    booking = await bookings.update(booking_id, data, caller)
    return BookingRead.model_validate(booking)


@router.put("/{booking_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def replace_booking(
    booking_id: UUID, data: BookingReplace, bookings: BookingServiceDep, caller: CurrentUserDep
) -> BookingRead:
    """Replace a booking."""
    booking = await bookings.replace(booking_id, data, caller)
    return BookingRead.model_validate(booking)


@router.delete(
    "/{booking_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404, 409)
)
async def delete_booking(
    booking_id: UUID, bookings: BookingServiceDep, caller: CurrentUserDep
) -> None:
    """Delete a booking."""
    await bookings.delete(booking_id, caller)
