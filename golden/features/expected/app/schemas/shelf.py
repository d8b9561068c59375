"""API models of shelves."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Absent, Int, Line, Matching, UtcDatetime

Label = Annotated[Line, Field(min_length=1, max_length=40)]
Capacity = Annotated[Int, Field(ge=1, le=1000), WHOLE]


class ShelfBase(InputModel):
    """What clients decide about one shelf."""

    label: Label
    capacity: Capacity = 10


class ShelfCreate(ShelfBase):
    """One new shelf."""


class ShelfUpdate(InputModel):
    """Changes to one shelf: omitted members stay."""

    label: Label | MISSING = MISSING
    capacity: Capacity | MISSING = MISSING


class ShelfRead(OutputModel):
    """A shelf."""

    id: UUID
    label: str
    capacity: int
    owner_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime
    version: int


class ShelfSort(StrEnum):
    """The orders of the list of shelves."""

    CREATED_AT = "createdAt"
    CREATED_AT_DESC = "-createdAt"
    LABEL = "label"
    LABEL_DESC = "-label"
    UPDATED_AT = "updatedAt"
    UPDATED_AT_DESC = "-updatedAt"


class ShelfListQuery(PageQuery):
    """The query of the list of shelves."""

    owner_id: UUID | Absent = None
    owner_login: (
        Annotated[Line, Field(min_length=3, max_length=40), Matching("^[a-z][a-z0-9-]*$")] | Absent
    ) = None
    owner_created_at: UtcDatetime | Absent = None
    owner_created_at_from: UtcDatetime | Absent = None
    owner_created_at_before: UtcDatetime | Absent = None
    capacity: Annotated[int, Field(ge=1, le=1000)] | Absent = None
    capacity_min: Annotated[int, Field(ge=1, le=1000)] | Absent = None
    capacity_max: Annotated[int, Field(ge=1, le=1000)] | Absent = None
    sort: ShelfSort = ShelfSort.CREATED_AT_DESC


class ShelfPage(Page[ShelfRead]):
    """One page of shelves."""
