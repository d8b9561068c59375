"""API models of articles."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.models.enums import State
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Absent, Int, Line, Slug, Text, UtcDatetime

Title = Annotated[Line, Field(min_length=1, max_length=120)]
ArticleSlug = Annotated[Slug, Field(max_length=200)]
ArticleBody = Annotated[Text, Field(max_length=100_000)]
LabelIds = Annotated[
    list[Annotated[Int, Field(ge=1, lt=9_223_372_036_854_775_808), WHOLE]], Field(max_length=100)
]


class ArticleBase(InputModel):
    """What clients decide about one article."""

    title: Title
    slug: ArticleSlug | MISSING = MISSING
    body: ArticleBody
    topic_id: UUID
    office_id: UUID | None = None
    label_ids: LabelIds = Field(default_factory=list[int])


class ArticleCreate(ArticleBase):
    """One new article."""


class ArticleUpdate(InputModel):
    """Changes to one article: omitted members stay, null clears those that may be null."""

    title: Title | MISSING = MISSING
    slug: ArticleSlug | MISSING = MISSING
    body: ArticleBody | MISSING = MISSING
    topic_id: UUID | MISSING = MISSING
    office_id: UUID | MISSING | None = MISSING
    label_ids: LabelIds | MISSING = MISSING


class ArticleRead(OutputModel):
    """An article."""

    id: UUID
    title: str
    slug: str
    body: str
    state: State
    published_at: UtcDatetime | None
    topic_id: UUID
    office_id: UUID | None
    label_ids: list[int]
    label_count: int
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime
    version: int


class ArticleSort(StrEnum):
    """The orders of the list of articles."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class ArticleListQuery(PageQuery):
    """The query of the list of articles."""

    state: State | Absent = None
    sort: ArticleSort = ArticleSort.CREATED_AT_DESC


class ArticlePage(Page[ArticleRead]):
    """One page of articles."""
