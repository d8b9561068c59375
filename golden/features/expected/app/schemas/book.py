"""API models of books."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import CursorPage, CursorQuery, InputModel, OutputModel
from app.schemas.types import WHOLE, Absent, Int, Line, Slug, UtcDatetime

Name = Annotated[Line, Field(min_length=1, max_length=80)]
BookSlug = Annotated[Slug, Field(max_length=200)]
Isbn = Annotated[Line, Field(min_length=10, max_length=13)]
Pages = Annotated[Int, Field(ge=1, le=2_147_483_647), WHOLE]
AuthorIds = Annotated[
    list[Annotated[Int, Field(ge=1, lt=9_223_372_036_854_775_808), WHOLE]], Field(max_length=100)
]


class BookBase(InputModel):
    """What clients decide about one book."""

    name: Name
    slug: BookSlug | MISSING = MISSING
    isbn: Isbn
    pages: Pages
    author_ids: AuthorIds = Field(default_factory=list[int])


class BookCreate(BookBase):
    """One new book."""


class BookReplace(BookBase):
    """All of one book, in place of what it was."""


class BookUpdate(InputModel):
    """Changes to one book: omitted members stay."""

    name: Name | MISSING = MISSING
    slug: BookSlug | MISSING = MISSING
    isbn: Isbn | MISSING = MISSING
    pages: Pages | MISSING = MISSING
    author_ids: AuthorIds | MISSING = MISSING


class BookRead(OutputModel):
    """A book."""

    id: UUID
    name: str
    slug: str
    isbn: str
    pages: int
    shelf_id: UUID
    author_ids: list[int]
    author_count: int
    is_long: bool
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime
    version: int


class BookSort(StrEnum):
    """The orders of the list of books."""

    CREATED_AT = "createdAt"
    CREATED_AT_DESC = "-createdAt"
    PAGES = "pages"
    PAGES_DESC = "-pages"
    ID = "id"
    ID_DESC = "-id"
    AUTHOR_COUNT = "authorCount"
    AUTHOR_COUNT_DESC = "-authorCount"
    IS_LONG = "isLong"
    IS_LONG_DESC = "-isLong"


class BookListQuery(CursorQuery):
    """The query of the list of books."""

    author_id: Annotated[int, Field(ge=1, lt=9_223_372_036_854_775_808)] | Absent = None
    authors_id: Annotated[int, Field(ge=1, lt=9_223_372_036_854_775_808)] | Absent = None
    authors_id_min: Annotated[int, Field(ge=1, lt=9_223_372_036_854_775_808)] | Absent = None
    authors_id_max: Annotated[int, Field(ge=1, lt=9_223_372_036_854_775_808)] | Absent = None
    authors_name: Annotated[Line, Field(min_length=1, max_length=120)] | Absent = None
    pages: Annotated[int, Field(ge=1, le=2_147_483_647)] | Absent = None
    pages_min: Annotated[int, Field(ge=1, le=2_147_483_647)] | Absent = None
    pages_max: Annotated[int, Field(ge=1, le=2_147_483_647)] | Absent = None
    version: Annotated[int, Field(ge=1, le=2_147_483_647)] | Absent = None
    version_min: Annotated[int, Field(ge=1, le=2_147_483_647)] | Absent = None
    version_max: Annotated[int, Field(ge=1, le=2_147_483_647)] | Absent = None
    author_count: (
        Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)] | Absent
    ) = None
    author_count_min: (
        Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)] | Absent
    ) = None
    author_count_max: (
        Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)] | Absent
    ) = None
    is_long: bool | Absent = None
    sort: BookSort = BookSort.CREATED_AT_DESC


class BookPage(CursorPage[BookRead]):
    """One page of books."""


class BookBulkCreate(InputModel):
    """New books: all of them are made, or none."""

    items: Annotated[list[BookCreate], Field(min_length=1, max_length=100)]


class BookBulkResult(OutputModel):
    """The books that were made."""

    items: list[BookRead]
