"""Queries on books."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import Field, TypeAdapter
from sqlalchemy import ColumnElement, Select, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.cursor import Keyset
from app.core.slugs import first_free, slugify
from app.models import Account, Author, Book, Shelf
from app.models.enums import AccountRole
from app.repositories.base import Repository
from app.schemas.book import BookListQuery, BookSort
from app.schemas.types import UtcDatetime

_ORDERS: dict[BookSort, Keyset] = {
    BookSort.CREATED_AT: Keyset(
        BookSort.CREATED_AT, Book.created_at, (Book.id,), TypeAdapter(tuple[str, UtcDatetime, UUID])
    ),
    BookSort.CREATED_AT_DESC: Keyset(
        BookSort.CREATED_AT_DESC,
        Book.created_at,
        (Book.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
        descending=True,
    ),
    BookSort.PAGES: Keyset(
        BookSort.PAGES,
        Book.pages,
        (Book.id,),
        TypeAdapter(tuple[str, Annotated[int, Field(ge=1, le=2_147_483_647)], UUID]),
    ),
    BookSort.PAGES_DESC: Keyset(
        BookSort.PAGES_DESC,
        Book.pages,
        (Book.id,),
        TypeAdapter(tuple[str, Annotated[int, Field(ge=1, le=2_147_483_647)], UUID]),
        descending=True,
    ),
    BookSort.ID: Keyset(BookSort.ID, Book.id, (Book.id,), TypeAdapter(tuple[str, UUID, UUID])),
    BookSort.ID_DESC: Keyset(
        BookSort.ID_DESC, Book.id, (Book.id,), TypeAdapter(tuple[str, UUID, UUID]), descending=True
    ),
    BookSort.AUTHOR_COUNT: Keyset(
        BookSort.AUTHOR_COUNT,
        Book.author_count,
        (Book.id,),
        TypeAdapter(
            tuple[
                str,
                Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)],
                UUID,
            ]
        ),
    ),
    BookSort.AUTHOR_COUNT_DESC: Keyset(
        BookSort.AUTHOR_COUNT_DESC,
        Book.author_count,
        (Book.id,),
        TypeAdapter(
            tuple[
                str,
                Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)],
                UUID,
            ]
        ),
        descending=True,
    ),
    BookSort.IS_LONG: Keyset(
        BookSort.IS_LONG, Book.is_long, (Book.id,), TypeAdapter(tuple[str, bool, UUID])
    ),
    BookSort.IS_LONG_DESC: Keyset(
        BookSort.IS_LONG_DESC,
        Book.is_long,
        (Book.id,),
        TypeAdapter(tuple[str, bool, UUID]),
        descending=True,
    ),
}


class BookRepository(Repository[Book]):
    """Books."""

    model = Book
    options = (joinedload(Book.shelf, innerjoin=True), selectinload(Book.authors))
    computed = ("author_count",)

    async def get(self, book_id: UUID) -> Book | None:
        """Return the book with this key, if there is one."""
        return await self.session.scalar(self.select().where(Book.id == book_id))

    async def list(
        self, query: BookListQuery, shelf_id: UUID, caller: Account
    ) -> tuple[Sequence[Book], str | None]:
        """Return one page of the books that the caller may see."""
        statement = self.select().where(Book.shelf_id == shelf_id, _visible_to(caller))
        statement = _narrow(statement, query)
        statement = _narrow_2(statement, query)
        return await self.page_after(
            statement, _ORDERS[query.sort], limit=query.limit, cursor=query.cursor
        )

    async def unused_slug(self, text: str) -> str:
        """Return a slug made of ``text`` that no other book has."""
        slug = slugify(text, max_length=194, fallback="book")
        similar = select(Book.slug).where(Book.slug.startswith(slug))
        taken = (await self.session.scalars(similar)).all()
        return first_free(slug, taken)


def _narrow(statement: Select[Book], query: BookListQuery) -> Select[Book]:
    if query.author_id is not None:
        statement = statement.where(Book.authors.any(Author.id == query.author_id))
    if query.authors_id is not None:
        statement = statement.where(Book.authors.any(Author.id == query.authors_id))
    if query.authors_id_min is not None:
        statement = statement.where(Book.authors.any(Author.id >= query.authors_id_min))
    if query.authors_id_max is not None:
        statement = statement.where(Book.authors.any(Author.id <= query.authors_id_max))
    if query.authors_name is not None:
        statement = statement.where(Book.authors.any(Author.name == query.authors_name))
    if query.pages is not None:
        statement = statement.where(Book.pages == query.pages)
    if query.pages_min is not None:
        statement = statement.where(Book.pages >= query.pages_min)
    if query.pages_max is not None:
        statement = statement.where(Book.pages <= query.pages_max)
    return statement


def _narrow_2(statement: Select[Book], query: BookListQuery) -> Select[Book]:
    if query.version is not None:
        statement = statement.where(Book.version == query.version)
    if query.version_min is not None:
        statement = statement.where(Book.version >= query.version_min)
    if query.version_max is not None:
        statement = statement.where(Book.version <= query.version_max)
    if query.author_count is not None:
        statement = statement.where(Book.author_count == query.author_count)
    if query.author_count_min is not None:
        statement = statement.where(Book.author_count >= query.author_count_min)
    if query.author_count_max is not None:
        statement = statement.where(Book.author_count <= query.author_count_max)
    if query.is_long is not None:
        statement = statement.where(Book.is_long == query.is_long)
    return statement


def _visible_to(caller: Account) -> ColumnElement[bool]:
    return or_(
        literal(caller.role is not AccountRole.READER), Book.shelf.has(Shelf.owner_id == caller.id)
    )
