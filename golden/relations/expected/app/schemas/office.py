"""API models of offices."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line, UtcDatetime

City = Annotated[Line, Field(min_length=1, max_length=80)]


class OfficeBase(InputModel):
    """What clients decide about one office."""

    city: City
    head_id: UUID | None = None


class OfficeCreate(OfficeBase):
    """One new office."""


class OfficeUpdate(InputModel):
    """Changes to one office: omitted members stay, null clears those that may be null."""

    city: City | MISSING = MISSING
    head_id: UUID | MISSING | None = MISSING


class OfficeRead(OutputModel):
    """An office."""

    id: UUID
    city: str
    head_id: UUID | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class OfficeSort(StrEnum):
    """The orders of the list of offices."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class OfficeListQuery(PageQuery):
    """The query of the list of offices."""

    sort: OfficeSort = OfficeSort.CREATED_AT_DESC


class OfficePage(Page[OfficeRead]):
    """One page of offices."""
