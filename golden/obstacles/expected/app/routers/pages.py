"""Pages."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import PageServiceDep, get_current_user
from app.schemas.page import PageCreate, PageListQuery, PagePage, PageRead, PageUpdate

router = APIRouter(prefix="/pages", tags=["pages"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_pages(query: Annotated[PageListQuery, Query()], pages: PageServiceDep) -> PagePage:
    """List pages."""
    rows, total = await pages.list(query)
    return PagePage(
        items=[PageRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{page_row_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_page(page_row_id: UUID, pages: PageServiceDep) -> PageRead:
    """Return one page."""
    page_row = await pages.get(page_row_id)
    return PageRead.model_validate(page_row)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_page(data: PageCreate, pages: PageServiceDep, response: Response) -> PageRead:
    """Create a page."""
    page_row = await pages.create(data)
    response.headers["Location"] = f"/api/v1/pages/{page_row.id}"
    return PageRead.model_validate(page_row)


@router.patch(
    "/{page_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_page(page_row_id: UUID, data: PageUpdate, pages: PageServiceDep) -> PageRead:
    """Change a page."""
    page_row = await pages.update(page_row_id, data)
    return PageRead.model_validate(page_row)


@router.delete(
    "/{page_row_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_page(page_row_id: UUID, pages: PageServiceDep) -> None:
    """Delete a page."""
    await pages.delete(page_row_id)
