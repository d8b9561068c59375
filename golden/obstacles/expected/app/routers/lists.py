"""Lists."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import ListServiceDep, get_current_user
from app.schemas.list import ListCreate, ListListQuery, ListPage, ListRead, ListUpdate

router = APIRouter(prefix="/lists", tags=["lists"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_lists(query: Annotated[ListListQuery, Query()], lists: ListServiceDep) -> ListPage:
    """List lists."""
    rows, total = await lists.list(query)
    return ListPage(
        items=[ListRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{list_row_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_list(list_row_id: UUID, lists: ListServiceDep) -> ListRead:
    """Return one list."""
    list_row = await lists.get(list_row_id)
    return ListRead.model_validate(list_row)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_list(data: ListCreate, lists: ListServiceDep, response: Response) -> ListRead:
    """Create a list."""
    list_row = await lists.create(data)
    response.headers["Location"] = f"/api/v1/lists/{list_row.id}"
    return ListRead.model_validate(list_row)


@router.patch(
    "/{list_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_list(list_row_id: UUID, data: ListUpdate, lists: ListServiceDep) -> ListRead:
    """Change a list."""
    list_row = await lists.update(list_row_id, data)
    return ListRead.model_validate(list_row)


@router.delete(
    "/{list_row_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_list(list_row_id: UUID, lists: ListServiceDep) -> None:
    """Delete a list."""
    await lists.delete(list_row_id)
