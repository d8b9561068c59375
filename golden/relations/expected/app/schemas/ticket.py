"""API models of tickets."""

from enum import StrEnum
from typing import Annotated

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Int, Line, Matching, UtcDatetime

Subject = Annotated[Line, Field(min_length=1, max_length=120)]
CountryCode = Annotated[Line, Field(min_length=2, max_length=2), Matching("^[A-Z]{2}$")]
LabelIds = Annotated[
    list[Annotated[Int, Field(ge=1, lt=9_223_372_036_854_775_808), WHOLE]], Field(max_length=100)
]


class TicketBase(InputModel):
    """What clients decide about one ticket."""

    subject: Subject
    country_code: CountryCode | None = None
    label_ids: LabelIds = Field(default_factory=list[int])


class TicketCreate(TicketBase):
    """One new ticket."""


class TicketUpdate(InputModel):
    """Changes to one ticket: omitted members stay, null clears those that may be null."""

    subject: Subject | MISSING = MISSING
    country_code: CountryCode | MISSING | None = MISSING
    label_ids: LabelIds | MISSING = MISSING


class TicketRead(OutputModel):
    """A ticket."""

    id: int
    subject: str
    country_code: str | None
    label_ids: list[int]
    label_count: int
    letters: int
    country_name: str
    created_at: UtcDatetime
    updated_at: UtcDatetime


class TicketSort(StrEnum):
    """The orders of the list of tickets."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class TicketListQuery(PageQuery):
    """The query of the list of tickets."""

    sort: TicketSort = TicketSort.CREATED_AT_DESC


class TicketPage(Page[TicketRead]):
    """One page of tickets."""
