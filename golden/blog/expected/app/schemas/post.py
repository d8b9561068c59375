"""API models of posts."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.models.enums import PostStatus
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Absent, Line, SearchText, Slug, Text, UtcDatetime

Title = Annotated[Line, Field(min_length=1, max_length=200)]
PostSlug = Annotated[Slug, Field(max_length=200)]
PostBody = Annotated[Text, Field(max_length=100_000)]
TagIds = Annotated[list[UUID], Field(max_length=100)]


class PostBase(InputModel):
    """What clients decide about one post."""

    title: Title
    slug: PostSlug | MISSING = MISSING
    body: PostBody
    category_id: UUID | None = None
    tag_ids: TagIds = Field(default_factory=list[UUID])


class PostCreate(PostBase):
    """One new post."""


class PostUpdate(InputModel):
    """Changes to one post: omitted members stay, null clears those that may be null."""

    title: Title | MISSING = MISSING
    slug: PostSlug | MISSING = MISSING
    body: PostBody | MISSING = MISSING
    category_id: UUID | MISSING | None = MISSING
    tag_ids: TagIds | MISSING = MISSING


class PostRead(OutputModel):
    """An article, with a life cycle."""

    id: UUID
    title: str
    slug: str
    body: str
    status: PostStatus
    published_at: UtcDatetime | None
    views: int
    author_id: UUID
    category_id: UUID | None
    tag_ids: list[UUID]
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class PostSort(StrEnum):
    """The orders of the list of posts."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"
    PUBLISHED_AT = "published_at"
    PUBLISHED_AT_DESC = "-published_at"
    TITLE = "title"
    TITLE_DESC = "-title"
    VIEWS = "views"
    VIEWS_DESC = "-views"


class PostListQuery(PageQuery):
    """The query of the list of posts."""

    status: PostStatus | Absent = None
    author_id: UUID | Absent = None
    category_id: UUID | Absent = None
    tags_name: Annotated[Line, Field(min_length=1, max_length=40)] | Absent = None
    published_at: UtcDatetime | Absent = None
    published_at_from: UtcDatetime | Absent = None
    published_at_before: UtcDatetime | Absent = None
    q: SearchText | Absent = None
    sort: PostSort = PostSort.CREATED_AT_DESC


class PostPage(Page[PostRead]):
    """One page of posts."""
