"""API models of topics."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Int, Line, Slug, UtcDatetime

Title = Annotated[Line, Field(min_length=1, max_length=80)]
TopicSlug = Annotated[Slug, Field(max_length=200)]
Rank = Annotated[Int, Field(ge=1, le=100), WHOLE]


class TopicBase(InputModel):
    """What clients decide about one topic."""

    title: Title
    slug: TopicSlug | MISSING = MISSING
    rank: Rank | None = 10
    parent_id: UUID | None = None


class TopicCreate(TopicBase):
    """One new topic."""


class TopicUpdate(InputModel):
    """Changes to one topic: omitted members stay, null clears those that may be null."""

    title: Title | MISSING = MISSING
    slug: TopicSlug | MISSING = MISSING
    rank: Rank | MISSING | None = MISSING
    parent_id: UUID | MISSING | None = MISSING


class TopicRead(OutputModel):
    """A topic."""

    id: UUID
    title: str
    slug: str
    rank: int | None
    parent_id: UUID | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class TopicSort(StrEnum):
    """The orders of the list of topics."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class TopicListQuery(PageQuery):
    """The query of the list of topics."""

    sort: TopicSort = TopicSort.CREATED_AT_DESC


class TopicPage(Page[TopicRead]):
    """One page of topics."""
