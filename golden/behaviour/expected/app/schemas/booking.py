"""API models of bookings."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Absent, AnyLine, Bool, DecimalText, Int, Line, UtcDatetime

Seats = Annotated[Int, Field(ge=1, le=500), WHOLE]
Children = Annotated[Int, Field(ge=0, le=2_147_483_647), WHOLE]
Price = Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,7})(\.[0-9]{1,2})?$")]
Note = Annotated[AnyLine, Field(max_length=200)]


class BookingBase(InputModel):
    """What clients decide about one booking."""

    seats: Seats
    children: Children = 0
    extras: Children | None = None
    price: Price
    discount: Price = Decimal(0)
    paid: Bool = False
    held_at: UtcDatetime | None = None
    note: Note | None = None
    topic_id: UUID


class BookingCreate(BookingBase):
    """One new booking."""


class BookingReplace(BookingBase):
    """All of one booking, in place of what it was."""


class BookingUpdate(InputModel):
    """Changes to one booking: omitted members stay, null clears those that may be null."""

    seats: Seats | MISSING = MISSING
    children: Children | MISSING = MISSING
    extras: Children | MISSING | None = MISSING
    price: Price | MISSING = MISSING
    discount: Price | MISSING = MISSING
    paid: Bool | MISSING = MISSING
    held_at: UtcDatetime | MISSING | None = MISSING
    note: Note | MISSING | None = MISSING
    topic_id: UUID | MISSING = MISSING


class BookingRead(OutputModel):
    """A booking."""

    id: UUID
    seats: int
    children: int
    extras: int | None
    price: Price
    discount: Price
    paid: bool
    held_at: UtcDatetime | None
    note: str | None
    topic_id: UUID
    owner_id: UUID
    people: int
    owed: Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,2})?$")]
    deposit: Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,2})?$")]
    topic_title: str
    fills_the_room: bool
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class BookingSort(StrEnum):
    """The orders of the list of bookings."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"
    HELD_AT = "held_at"
    HELD_AT_DESC = "-held_at"
    SEATS = "seats"
    SEATS_DESC = "-seats"
    OWED = "owed"
    OWED_DESC = "-owed"
    TOPIC_TITLE = "topic_title"
    TOPIC_TITLE_DESC = "-topic_title"


class BookingListQuery(PageQuery):
    """The query of the list of bookings."""

    people: (
        Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)] | Absent
    ) = None
    people_min: (
        Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)] | Absent
    ) = None
    people_max: (
        Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)] | Absent
    ) = None
    topic_title: Annotated[Line, Field(min_length=1, max_length=120)] | Absent = None
    topic_remark_count: (
        Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)] | Absent
    ) = None
    topic_remark_count_min: (
        Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)] | Absent
    ) = None
    topic_remark_count_max: (
        Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)] | Absent
    ) = None
    deposit: (
        Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,2})?$")] | Absent
    ) = None
    deposit_min: (
        Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,2})?$")] | Absent
    ) = None
    deposit_max: (
        Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,2})?$")] | Absent
    ) = None
    sort: BookingSort = BookingSort.CREATED_AT_DESC


class BookingPage(Page[BookingRead]):
    """One page of bookings."""


class BookingBulkCreate(InputModel):
    """New bookings: all of them are made, or none."""

    items: Annotated[list[BookingCreate], Field(min_length=1, max_length=100)]


class BookingBulkResult(OutputModel):
    """The bookings that were made."""

    items: list[BookingRead]
