"""API models of visits."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import CursorPage, CursorQuery, InputModel, OutputModel
from app.schemas.types import WHOLE, Int, Line, UtcDatetime

VisitPageValue = Annotated[Line, Field(min_length=1, max_length=200)]
Seconds = Annotated[Int, Field(ge=0, le=86_400), WHOLE]


class VisitBase(InputModel):
    """What clients decide about one visit."""

    page: VisitPageValue
    seconds: Seconds


class VisitCreate(VisitBase):
    """One new visit."""


class VisitUpdate(InputModel):
    """Changes to one visit: omitted members stay."""

    page: VisitPageValue | MISSING = MISSING
    seconds: Seconds | MISSING = MISSING


class VisitRead(OutputModel):
    """A visit."""

    id: UUID
    page: str
    seconds: int
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class VisitSort(StrEnum):
    """The orders of the list of visits."""

    CREATED_AT = "createdAt"
    CREATED_AT_DESC = "-createdAt"


class VisitListQuery(CursorQuery):
    """The query of the list of visits."""

    sort: VisitSort = VisitSort.CREATED_AT_DESC


class VisitPage(CursorPage[VisitRead]):
    """One page of visits."""
