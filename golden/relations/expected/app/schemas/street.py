"""API models of streets."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Absent, Line, UtcDatetime

Name = Annotated[Line, Field(min_length=1, max_length=80)]


class StreetBase(InputModel):
    """What clients decide about one street."""

    name: Name


class StreetCreate(StreetBase):
    """One new street."""


class StreetReplace(StreetBase):
    """All of one street, in place of what it was."""


class StreetUpdate(InputModel):
    """Changes to one street: omitted members stay."""

    name: Name | MISSING = MISSING


class StreetRead(OutputModel):
    """A street."""

    id: UUID
    name: str
    town_id: UUID
    country_code: str
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class StreetSort(StrEnum):
    """The orders of the list of streets."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class StreetListQuery(PageQuery):
    """The query of the list of streets."""

    town_name: Name | Absent = None
    sort: StreetSort = StreetSort.CREATED_AT_DESC


class StreetPage(Page[StreetRead]):
    """One page of streets."""


class StreetBulkCreate(InputModel):
    """New streets: all of them are made, or none."""

    items: Annotated[list[StreetCreate], Field(min_length=1, max_length=100)]


class StreetBulkResult(OutputModel):
    """The streets that were made."""

    items: list[StreetRead]
