"""API models of seats."""

from enum import StrEnum
from uuid import UUID

from pydantic import MISSING

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Bool, UtcDatetime


class SeatBase(InputModel):
    """What clients decide about one seat."""

    writes: Bool = False
    board_id: UUID
    member_id: UUID


class SeatCreate(SeatBase):
    """One new seat."""


class SeatUpdate(InputModel):
    """Changes to one seat: omitted members stay."""

    writes: Bool | MISSING = MISSING
    board_id: UUID | MISSING = MISSING
    member_id: UUID | MISSING = MISSING


class SeatRead(OutputModel):
    """A seat."""

    id: UUID
    writes: bool
    board_id: UUID
    member_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class SeatSort(StrEnum):
    """The orders of the list of seats."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class SeatListQuery(PageQuery):
    """The query of the list of seats."""

    sort: SeatSort = SeatSort.CREATED_AT_DESC


class SeatPage(Page[SeatRead]):
    """One page of seats."""
