"""API models of categories."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line, Slug, UtcDatetime

Name = Annotated[Line, Field(min_length=1, max_length=80)]
CategorySlug = Annotated[Slug, Field(max_length=200)]


class CategoryBase(InputModel):
    """What clients decide about one category."""

    name: Name
    slug: CategorySlug | MISSING = MISSING
    parent_id: UUID | None = None


class CategoryCreate(CategoryBase):
    """One new category."""


class CategoryUpdate(InputModel):
    """Changes to one category: omitted members stay, null clears those that may be null."""

    name: Name | MISSING = MISSING
    slug: CategorySlug | MISSING = MISSING
    parent_id: UUID | MISSING | None = MISSING


class CategoryRead(OutputModel):
    """A category."""

    id: UUID
    name: str
    slug: str
    parent_id: UUID | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class CategorySort(StrEnum):
    """The orders of the list of categories."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class CategoryListQuery(PageQuery):
    """The query of the list of categories."""

    sort: CategorySort = CategorySort.CREATED_AT_DESC


class CategoryPage(Page[CategoryRead]):
    """One page of categories."""
