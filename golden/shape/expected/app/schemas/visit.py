"""API models of visits."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, BaseModel, Field

from app.schemas.base import CursorPage, CursorQuery, InputModel, OutputModel
from app.schemas.types import WHOLE, Int, Line, UtcDatetime

VisitPageValue = Annotated[Line, Field(min_length=1, max_length=200)]
Seconds = Annotated[Int, Field(ge=0, le=86_400), WHOLE]


class VisitBase(InputModel):
    """What clients decide about one visit."""

    page: VisitPageValue
    seconds: Seconds
    label_id: UUID | None = None


class VisitCreate(VisitBase):
    """One new visit."""


class VisitUpdate(InputModel):
    """Changes to one visit: omitted members stay, null clears those that may be null."""

    page: VisitPageValue | MISSING = MISSING
    seconds: Seconds | MISSING = MISSING
    label_id: UUID | MISSING | None = MISSING


class VisitRead(OutputModel):
    """A visit."""

    id: UUID
    page: str
    seconds: int
    label_id: UUID | None
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


class VisitCreateEnvelope(InputModel):
    """A request with one new visit."""

    item: VisitCreate = Field(alias="visit")


class VisitUpdateEnvelope(InputModel):
    """A request with changes to one visit."""

    item: VisitUpdate = Field(alias="visit")


class VisitReadEnvelope(BaseModel):
    """An answer with one visit."""

    item: VisitRead = Field(serialization_alias="data")
