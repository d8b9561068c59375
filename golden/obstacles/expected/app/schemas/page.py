"""API models of pages."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Int, UtcDatetime

PagePageValue = Annotated[Int, Field(ge=-2_147_483_648, le=2_147_483_647), WHOLE]


class PageBase(InputModel):
    """What clients decide about one page."""

    page: PagePageValue = 1


class PageCreate(PageBase):
    """One new page."""


class PageUpdate(InputModel):
    """Changes to one page: omitted members stay."""

    page: PagePageValue | MISSING = MISSING


class PageRead(OutputModel):
    """A page."""

    id: UUID
    page: int
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class PageSort(StrEnum):
    """The orders of the list of pages."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class PageListQuery(PageQuery):
    """The query of the list of pages."""

    sort: PageSort = PageSort.CREATED_AT_DESC


class PagePage(Page[PageRead]):
    """One page of pages."""
