"""API models of articles."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Absent, Line, SearchText, Slug, Text, UtcDatetime
from app.schemas.views import ArticleSummary

Title = Annotated[Line, Field(min_length=1, max_length=120)]
ArticleSlug = Annotated[Slug, Field(max_length=200)]
ArticleBody = Annotated[Text, Field(max_length=100_000)]
Section = Annotated[Line, Field(min_length=1, max_length=40)]
TagIds = Annotated[list[UUID], Field(max_length=100)]


class ArticleBase(InputModel):
    """What clients decide about one article."""

    title: Title
    slug: ArticleSlug | MISSING = MISSING
    body: ArticleBody
    section: Section | None = Field(default=None, json_schema_extra={"deprecated": True})
    editor_id: UUID | None = None
    tag_ids: TagIds = Field(default_factory=list[UUID])
    fan_ids: TagIds = Field(default_factory=list[UUID])


class ArticleCreate(ArticleBase):
    """One new article."""


class ArticleUpdate(InputModel):
    """Changes to one article: omitted members stay, null clears those that may be null."""

    title: Title | MISSING = MISSING
    slug: ArticleSlug | MISSING = MISSING
    body: ArticleBody | MISSING = MISSING
    section: Section | MISSING | None = Field(
        default=MISSING, json_schema_extra={"deprecated": True}
    )
    editor_id: UUID | MISSING | None = MISSING
    tag_ids: TagIds | MISSING = MISSING
    fan_ids: TagIds | MISSING = MISSING


class ArticleRead(OutputModel):
    """An article."""

    id: UUID
    title: str
    slug: str
    body: str
    section: str | None = Field(json_schema_extra={"deprecated": True})
    author_id: UUID
    editor_id: UUID | None
    tag_ids: list[UUID]
    fan_ids: list[UUID]
    remark_count: int
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime
    version: int


class ArticleSort(StrEnum):
    """The orders of the list of articles."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"
    TITLE = "title"
    TITLE_DESC = "-title"
    REMARK_COUNT = "remark_count"
    REMARK_COUNT_DESC = "-remark_count"


class ArticleListQuery(PageQuery):
    """The query of the list of articles."""

    author_id: UUID | Absent = None
    remark_count: (
        Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)] | Absent
    ) = None
    remark_count_min: (
        Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)] | Absent
    ) = None
    remark_count_max: (
        Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)] | Absent
    ) = None
    tag_id: UUID | Absent = None
    q: SearchText | Absent = None
    sort: ArticleSort = ArticleSort.CREATED_AT_DESC


class ArticlePage(Page[ArticleSummary]):
    """One page of articles."""
