"""Shelves."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.etag import etag, not_modified
from app.core.limited_route import LimitedRoute
from app.core.problems import problems
from app.dependencies import CurrentUserDep, IfMatch, IfNoneMatch, ShelfServiceDep
from app.schemas.shelf import ShelfCreate, ShelfListQuery, ShelfPage, ShelfRead, ShelfUpdate

router = APIRouter(
    prefix="/shelves", tags=["shelves"], responses=problems(422), route_class=LimitedRoute
)


@router.get("", responses=problems(401, 429))
async def list_shelves(
    query: Annotated[ShelfListQuery, Query()], shelves: ShelfServiceDep, caller: CurrentUserDep
) -> ShelfPage:
    """List shelves."""
    rows, total = await shelves.list(query, caller)
    return ShelfPage(
        items=[ShelfRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{shelf_id:uuid}",
    response_model=ShelfRead,
    responses={**problems(401, 404, 429), 304: {"description": "Not Modified"}},
)
async def get_shelf(
    shelf_id: UUID,
    shelves: ShelfServiceDep,
    caller: CurrentUserDep,
    response: Response,
    if_none_match: IfNoneMatch = None,
) -> ShelfRead | Response:
    """Return one shelf."""
    shelf = await shelves.get(shelf_id, caller)
    entity_tag = etag(shelf.version)
    if not_modified(if_none_match, shelf.version):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": entity_tag})
    response.headers["ETag"] = entity_tag
    return ShelfRead.model_validate(shelf)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 409, 429))
async def create_shelf(
    data: ShelfCreate, shelves: ShelfServiceDep, caller: CurrentUserDep, response: Response
) -> ShelfRead:
    """Create a shelf."""
    shelf = await shelves.create(data, caller)
    response.headers["ETag"] = etag(shelf.version)
    response.headers["Location"] = f"/api/v2/shelves/{shelf.id}"
    return ShelfRead.model_validate(shelf)


@router.patch("/{shelf_id:uuid}", responses=problems(400, 401, 403, 404, 409, 412, 429))
async def update_shelf(
    shelf_id: UUID,
    data: ShelfUpdate,
    shelves: ShelfServiceDep,
    caller: CurrentUserDep,
    response: Response,
    if_match: IfMatch = None,
) -> ShelfRead:
    """Change a shelf."""
    shelf = await shelves.update(shelf_id, data, caller, if_match)
    response.headers["ETag"] = etag(shelf.version)
    return ShelfRead.model_validate(shelf)


@router.delete(
    "/{shelf_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(401, 403, 404, 412, 429),
)
async def delete_shelf(
    shelf_id: UUID, shelves: ShelfServiceDep, caller: CurrentUserDep, if_match: IfMatch = None
) -> None:
    """Delete a shelf."""
    await shelves.delete(shelf_id, caller, if_match)
