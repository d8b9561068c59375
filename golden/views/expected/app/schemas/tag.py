"""API models of tags."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line, UtcDatetime
from app.schemas.views import TagLabel

Label = Annotated[Line, Field(min_length=1, max_length=40)]


class TagBase(InputModel):
    """What clients decide about one tag."""

    label: Label
    parent_id: UUID | None = None


class TagCreate(TagBase):
    """One new tag."""


class TagUpdate(InputModel):
    """Changes to one tag: omitted members stay, null clears those that may be null."""

    label: Label | MISSING = MISSING
    parent_id: UUID | MISSING | None = MISSING


class TagRead(OutputModel):
    """A tag."""

    id: UUID
    label: str
    parent_id: UUID | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class TagSort(StrEnum):
    """The orders of the list of tags."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class TagListQuery(PageQuery):
    """The query of the list of tags."""

    sort: TagSort = TagSort.CREATED_AT_DESC


class TagPage(Page[TagLabel]):
    """One page of tags."""
