"""API models of bookings."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Date, Int, Line, UtcDatetime

RoomHouse = Annotated[Line, Field(min_length=1, max_length=20)]
RoomFloor = Annotated[Int, Field(ge=-5, le=200), WHOLE]
TopicCode = Annotated[Line, Field(min_length=1, max_length=40)]


class BookingBase(InputModel):
    """What clients decide about one booking."""

    day: Date
    room_house: RoomHouse
    room_floor: RoomFloor
    topic_code: TopicCode | None = None
    guest_id: UUID


class BookingCreate(BookingBase):
    """One new booking."""


class BookingUpdate(InputModel):
    """Changes to one booking: omitted members stay, null clears those that may be null."""

    day: Date | MISSING = MISSING
    room_house: RoomHouse | MISSING = MISSING
    room_floor: RoomFloor | MISSING = MISSING
    topic_code: TopicCode | MISSING | None = MISSING
    guest_id: UUID | MISSING = MISSING


class BookingRead(OutputModel):
    """A booking."""

    id: UUID
    day: Date
    room_house: str
    room_floor: int
    topic_code: str | None
    guest_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class BookingSort(StrEnum):
    """The orders of the list of bookings."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class BookingListQuery(PageQuery):
    """The query of the list of bookings."""

    sort: BookingSort = BookingSort.CREATED_AT_DESC


class BookingPage(Page[BookingRead]):
    """One page of bookings."""


class BookingBulkCreate(InputModel):
    """New bookings: all of them are made, or none."""

    items: Annotated[list[BookingCreate], Field(min_length=1, max_length=100)]


class BookingBulkResult(OutputModel):
    """The bookings that were made."""

    items: list[BookingRead]
