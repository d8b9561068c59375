"""API models of articles."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, BaseModel, Field

from app.models.enums import Status
from app.schemas.base import InputModel, OutputModel, PageQuery
from app.schemas.types import WHOLE, Absent, Int, Line, SearchText, Slug, UtcDatetime
from app.schemas.views import ArticleLine

ArticleSlug = Annotated[Slug, Field(max_length=200)]
Title = Annotated[Line, Field(min_length=1, max_length=120)]
Words = Annotated[Int, Field(ge=0, le=100_000), WHOLE]


class ArticleBase(InputModel):
    """What clients decide about one article."""

    slug: ArticleSlug | MISSING = MISSING
    title: Title
    words: Words = 0


class ArticleCreate(ArticleBase):
    """One new article."""


class ArticleUpdate(InputModel):
    """Changes to one article: omitted members stay."""

    slug: ArticleSlug | MISSING = MISSING
    title: Title | MISSING = MISSING
    words: Words | MISSING = MISSING


class ArticleRead(OutputModel):
    """An article."""

    id: UUID
    slug: str
    title: str
    words: int
    status: Status
    author_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class ArticleSort(StrEnum):
    """The orders of the list of articles."""

    CREATED_AT = "createdAt"
    CREATED_AT_DESC = "-createdAt"
    TITLE = "title"
    TITLE_DESC = "-title"


class ArticleListQuery(PageQuery):
    """The query of the list of articles."""

    status: Status | Absent = None
    author_id: UUID | Absent = None
    q: SearchText | Absent = None
    sort: ArticleSort = ArticleSort.CREATED_AT_DESC


class ArticlePage(BaseModel):
    """One page of articles."""

    items: list[ArticleLine] = Field(serialization_alias="articles")
    total: int = Field(serialization_alias="articlesCount")


class ArticleCreateEnvelope(InputModel):
    """A request with one new article."""

    item: ArticleCreate = Field(alias="article")


class ArticleUpdateEnvelope(InputModel):
    """A request with changes to one article."""

    item: ArticleUpdate = Field(alias="article")


class ArticleReadEnvelope(BaseModel):
    """An answer with one article."""

    item: ArticleRead = Field(serialization_alias="article")


class ArticleLineEnvelope(BaseModel):
    """An answer with one article."""

    item: ArticleLine = Field(serialization_alias="article")
