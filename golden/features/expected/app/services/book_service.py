"""Books."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.bulk import pointers_below
from app.core.clock import utcnow
from app.core.errors import FieldError, NotFoundError, PermissionDeniedError, RuleViolationError
from app.core.etag import check_if_match
from app.models import Account, Author, Book, Shelf
from app.models.enums import AccountRole
from app.repositories.author_repository import AuthorRepository
from app.repositories.book_repository import BookRepository
from app.schemas.book import BookBulkCreate, BookCreate, BookListQuery, BookReplace, BookUpdate
from app.services.shelf_service import ShelfService


class BookService:
    """Use cases of books."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._books = BookRepository(session)
        self._authors = AuthorRepository(session)
        self._shelf_service = ShelfService(session)

    async def list(
        self, shelf_id: UUID, query: BookListQuery, caller: Account
    ) -> tuple[Sequence[Book], str | None]:
        """List books."""
        shelf = await self._shelf_service.get(shelf_id, caller)
        return await self._books.list(query, shelf.id, caller)

    async def get(self, shelf_id: UUID, book_id: UUID, caller: Account) -> Book:
        """Return one book, unless the caller may not know that it exists."""
        shelf = await self._shelf_service.get(shelf_id, caller)
        book = await self._books.get(book_id)
        if book is None or book.shelf_id != shelf.id or not _may_read(book, caller):
            detail = "Book not found"
            raise NotFoundError(detail)
        return book

    async def create(self, shelf_id: UUID, data: BookCreate, caller: Account) -> Book:
        """Create a book."""
        shelf = await self._shelf_service.get(shelf_id, caller)
        return await self._insert(data, shelf, await self._find_authors(data.author_ids), caller)

    async def bulk_create(
        self, shelf_id: UUID, data: BookBulkCreate, caller: Account
    ) -> Sequence[Book]:
        """Create several books, all or none."""
        shelf = await self._shelf_service.get(shelf_id, caller)
        known_authors = await self._known_authors(
            [key for item in data.items for key in item.author_ids]
        )
        books: list[Book] = []
        for index, item in enumerate(data.items):
            with pointers_below(f"/items/{index}"):
                book = await self._insert(
                    item, shelf, await self._find_authors(item.author_ids, known_authors), caller
                )
                books.append(book)
        return books

    async def _insert(
        self, data: BookCreate, shelf: Shelf, linked_authors: Sequence[Author], caller: Account
    ) -> Book:
        book = Book(
            name=data.name,
            slug=await self._books.unused_slug(data.name) if data.slug is MISSING else data.slug,
            isbn=data.isbn,
            pages=data.pages,
            shelf_id=shelf.id,
            authors=list(linked_authors),
        )
        await self._books.create(book)
        await self._books.get(book.id)
        if not _may_write(book, caller):
            detail = "You may not create this book"
            raise PermissionDeniedError(detail)
        return book

    async def update(
        self, shelf_id: UUID, book_id: UUID, data: BookUpdate, caller: Account, if_match: str | None
    ) -> Book:
        """Change a book."""
        book = await self.get(shelf_id, book_id, caller)
        if not _may_write(book, caller):
            detail = "You may not change this book"
            raise PermissionDeniedError(detail)
        check_if_match(if_match, book.version)
        if data.name is not MISSING:
            book.name = data.name
        if data.slug is not MISSING:
            book.slug = data.slug
        if data.isbn is not MISSING:
            book.isbn = data.isbn
        if data.pages is not MISSING:
            book.pages = data.pages
        if data.author_ids is not MISSING:
            book.authors = list(await self._find_authors(data.author_ids))
            book.updated_at = utcnow()
        await self._books.update(book)
        return book

    async def replace(
        self,
        shelf_id: UUID,
        book_id: UUID,
        data: BookReplace,
        caller: Account,
        if_match: str | None,
    ) -> Book:
        """Replace a book."""
        book = await self.get(shelf_id, book_id, caller)
        if not _may_write(book, caller):
            detail = "You may not change this book"
            raise PermissionDeniedError(detail)
        check_if_match(if_match, book.version)
        book.name = data.name
        if data.slug is not MISSING:
            book.slug = data.slug
        book.isbn = data.isbn
        book.pages = data.pages
        book.authors = list(await self._find_authors(data.author_ids))
        book.updated_at = utcnow()
        await self._books.update(book)
        return book

    async def delete(
        self, shelf_id: UUID, book_id: UUID, caller: Account, if_match: str | None
    ) -> None:
        """Delete a book."""
        book = await self.get(shelf_id, book_id, caller)
        if not _may_write(book, caller):
            detail = "You may not delete this book"
            raise PermissionDeniedError(detail)
        check_if_match(if_match, book.version)
        await self._books.delete(book)

    async def _find_authors(
        self, author_ids: Sequence[int], known: dict[int, Author] | None = None
    ) -> Sequence[Author]:
        if known is None:
            known = await self._known_authors(author_ids)
        errors = [
            FieldError(f"/authorIds/{index}", "No such author", "reference")
            for index, key in enumerate(author_ids)
            if key not in known
        ]
        if errors:
            detail = "Some authors do not exist"
            raise RuleViolationError(detail, errors=errors)
        return [known[key] for key in sorted(set(author_ids))]

    async def _known_authors(self, keys: Sequence[int]) -> dict[int, Author]:
        return {author.id: author for author in await self._authors.get_many(keys)}


def _may_read(book: Book, caller: Account) -> bool:
    return caller.role is not AccountRole.READER or book.shelf.owner_id == caller.id


def _may_write(book: Book, caller: Account) -> bool:
    return book.shelf.owner_id == caller.id
