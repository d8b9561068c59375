"""API models of badges."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line, UtcDatetime

Code = Annotated[Line, Field(min_length=4, max_length=12)]


class BadgeBase(InputModel):
    """What clients decide about one badge."""

    code: Code
    holder_id: UUID
    replaces_id: UUID | None = None


class BadgeCreate(BadgeBase):
    """One new badge."""


class BadgeUpdate(InputModel):
    """Changes to one badge: omitted members stay, null clears those that may be null."""

    code: Code | MISSING = MISSING
    holder_id: UUID | MISSING = MISSING
    replaces_id: UUID | MISSING | None = MISSING


class BadgeRead(OutputModel):
    """A badge."""

    id: UUID
    code: str
    holder_id: UUID
    replaces_id: UUID | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class BadgeSort(StrEnum):
    """The orders of the list of badges."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class BadgeListQuery(PageQuery):
    """The query of the list of badges."""

    sort: BadgeSort = BadgeSort.CREATED_AT_DESC


class BadgePage(Page[BadgeRead]):
    """One page of badges."""
