"""Books."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.etag import etag
from app.core.limited_route import LimitedRoute
from app.core.problems import problems
from app.dependencies import BookServiceDep, CurrentUserDep, IfMatch
from app.schemas.book import (
    BookBulkCreate,
    BookBulkResult,
    BookCreate,
    BookListQuery,
    BookPage,
    BookRead,
    BookReplace,
    BookUpdate,
)

router = APIRouter(
    prefix="/shelves/{shelf_id:uuid}/books",
    tags=["books"],
    responses=problems(422),
    route_class=LimitedRoute,
)


@router.get("", responses=problems(401, 404, 429))
async def list_books(
    shelf_id: UUID,
    query: Annotated[BookListQuery, Query()],
    books: BookServiceDep,
    caller: CurrentUserDep,
) -> BookPage:
    """List books."""
    rows, next_cursor = await books.list(shelf_id, query, caller)
    return BookPage(
        items=[BookRead.model_validate(row) for row in rows],
        limit=query.limit,
        next_cursor=next_cursor,
    )


@router.get("/{book_id:uuid}", responses=problems(401, 404, 429))
async def get_book(
    shelf_id: UUID, book_id: UUID, books: BookServiceDep, caller: CurrentUserDep, response: Response
) -> BookRead:
    """Return one book."""
    book = await books.get(shelf_id, book_id, caller)
    response.headers["ETag"] = etag(book.version)
    return BookRead.model_validate(book)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 403, 404, 409, 429))
async def create_book(
    shelf_id: UUID,
    data: BookCreate,
    books: BookServiceDep,
    caller: CurrentUserDep,
    response: Response,
) -> BookRead:
    """Create a book."""
    book = await books.create(shelf_id, data, caller)
    response.headers["ETag"] = etag(book.version)
    response.headers["Location"] = f"/api/v2/shelves/{shelf_id}/books/{book.id}"
    return BookRead.model_validate(book)


@router.post(
    "/bulk", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 403, 404, 409, 429)
)
async def bulk_create_books(
    shelf_id: UUID, data: BookBulkCreate, books: BookServiceDep, caller: CurrentUserDep
) -> BookBulkResult:
    """Create several books, all or none."""
    rows = await books.bulk_create(shelf_id, data, caller)
    return BookBulkResult(items=[BookRead.model_validate(row) for row in rows])


@router.patch("/{book_id:uuid}", responses=problems(400, 401, 403, 404, 409, 412, 429))
async def update_book(
    shelf_id: UUID,
    book_id: UUID,
    data: BookUpdate,
    books: BookServiceDep,
    caller: CurrentUserDep,
    response: Response,
    if_match: IfMatch = None,
) -> BookRead:
    """Change a book."""
    book = await books.update(shelf_id, book_id, data, caller, if_match)
    response.headers["ETag"] = etag(book.version)
    return BookRead.model_validate(book)


@router.put("/{book_id:uuid}", responses=problems(400, 401, 403, 404, 409, 412, 429))
async def replace_book(
    shelf_id: UUID,
    book_id: UUID,
    data: BookReplace,
    books: BookServiceDep,
    caller: CurrentUserDep,
    response: Response,
    if_match: IfMatch = None,
) -> BookRead:
    """Replace a book."""
    book = await books.replace(shelf_id, book_id, data, caller, if_match)
    response.headers["ETag"] = etag(book.version)
    return BookRead.model_validate(book)


@router.delete(
    "/{book_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(401, 403, 404, 412, 429),
)
async def delete_book(
    shelf_id: UUID,
    book_id: UUID,
    books: BookServiceDep,
    caller: CurrentUserDep,
    if_match: IfMatch = None,
) -> None:
    """Delete a book."""
    await books.delete(shelf_id, book_id, caller, if_match)
