"""API models of rooms."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Int, Line, Matching, UtcDatetime

House = Annotated[Line, Field(min_length=1, max_length=20), Matching("^[^/]*[^./][^/]*$")]
Floor = Annotated[Int, Field(ge=-5, le=200), WHOLE]


class RoomBase(InputModel):
    """What clients decide about one room."""


class RoomCreate(RoomBase):
    """One new room."""

    house: House
    floor: Floor


class RoomUpdate(InputModel):
    """Changes to one room: omitted members stay."""


class RoomRead(OutputModel):
    """A room."""

    house: str
    floor: int
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class RoomSort(StrEnum):
    """The orders of the list of rooms."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class RoomListQuery(PageQuery):
    """The query of the list of rooms."""

    sort: RoomSort = RoomSort.CREATED_AT_DESC


class RoomPage(Page[RoomRead]):
    """One page of rooms."""


class RoomBulkCreate(InputModel):
    """New rooms: all of them are made, or none."""

    items: Annotated[list[RoomCreate], Field(min_length=1, max_length=100)]


class RoomBulkResult(OutputModel):
    """The rooms that were made."""

    items: list[RoomRead]
