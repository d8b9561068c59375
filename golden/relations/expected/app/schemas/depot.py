"""API models of depots."""

from enum import StrEnum
from typing import Annotated

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Except, Int, Line, Matching, UtcDatetime

Code = Annotated[
    Line, Field(min_length=1, max_length=8), Matching("^[^/]*[^./][^/]*$"), Except("bulk")
]
Capacity = Annotated[Int, Field(ge=0, le=2_147_483_647), WHOLE]


class DepotBase(InputModel):
    """What clients decide about one depot."""

    capacity: Capacity = 0


class DepotCreate(DepotBase):
    """One new depot."""

    code: Code


class DepotReplace(DepotBase):
    """All of one depot, in place of what it was."""


class DepotUpdate(InputModel):
    """Changes to one depot: omitted members stay."""

    capacity: Capacity | MISSING = MISSING


class DepotRead(OutputModel):
    """A depot."""

    code: str
    capacity: int
    region_id: int
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class DepotSort(StrEnum):
    """The orders of the list of depots."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class DepotListQuery(PageQuery):
    """The query of the list of depots."""

    sort: DepotSort = DepotSort.CREATED_AT_DESC


class DepotPage(Page[DepotRead]):
    """One page of depots."""


class DepotBulkCreate(InputModel):
    """New depots: all of them are made, or none."""

    items: Annotated[list[DepotCreate], Field(min_length=1, max_length=100)]


class DepotBulkResult(OutputModel):
    """The depots that were made."""

    items: list[DepotRead]
