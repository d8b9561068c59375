"""API models of indices."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Int, UtcDatetime

IndexIndex = Annotated[Int, Field(ge=0, le=2_147_483_647), WHOLE]


class IndexBase(InputModel):
    """What clients decide about one index."""

    index: IndexIndex = 0


class IndexCreate(IndexBase):
    """One new index."""


class IndexUpdate(InputModel):
    """Changes to one index: omitted members stay."""

    index: IndexIndex | MISSING = MISSING


class IndexRead(OutputModel):
    """An index."""

    id: UUID
    index: int
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class IndexSort(StrEnum):
    """The orders of the list of indices."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class IndexListQuery(PageQuery):
    """The query of the list of indices."""

    sort: IndexSort = IndexSort.CREATED_AT_DESC


class IndexPage(Page[IndexRead]):
    """One page of indices."""
