"""API models of dates."""

from enum import StrEnum
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Date, UtcDatetime


class DateBase(InputModel):
    """What clients decide about one date."""

    date_: Date | None = Field(default=None, alias="date")


class DateCreate(DateBase):
    """One new date."""


class DateUpdate(InputModel):
    """Changes to one date: omitted members stay, null clears those that may be null."""

    date_: Date | MISSING | None = Field(default=MISSING, alias="date")


class DateRead(OutputModel):
    """A date."""

    id: UUID
    date_: Date | None = Field(serialization_alias="date")
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class DateSort(StrEnum):
    """The orders of the list of dates."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class DateListQuery(PageQuery):
    """The query of the list of dates."""

    sort: DateSort = DateSort.CREATED_AT_DESC


class DatePage(Page[DateRead]):
    """One page of dates."""
