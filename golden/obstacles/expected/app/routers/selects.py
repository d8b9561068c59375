"""Selects."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import SelectServiceDep, get_current_user
from app.schemas.select import SelectCreate, SelectListQuery, SelectPage, SelectRead, SelectUpdate

router = APIRouter(prefix="/selects", tags=["selects"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_selects(
    query: Annotated[SelectListQuery, Query()], selects: SelectServiceDep
) -> SelectPage:
    """List selects."""
    rows, total = await selects.list(query)
    return SelectPage(
        items=[SelectRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{select_row_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_select(select_row_id: UUID, selects: SelectServiceDep) -> SelectRead:
    """Return one select."""
    select_row = await selects.get(select_row_id)
    return SelectRead.model_validate(select_row)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_select(
    data: SelectCreate, selects: SelectServiceDep, response: Response
) -> SelectRead:
    """Create a select."""
    select_row = await selects.create(data)
    response.headers["Location"] = f"/api/v1/selects/{select_row.id}"
    return SelectRead.model_validate(select_row)


@router.patch(
    "/{select_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_select(
    select_row_id: UUID, data: SelectUpdate, selects: SelectServiceDep
) -> SelectRead:
    """Change a select."""
    select_row = await selects.update(select_row_id, data)
    return SelectRead.model_validate(select_row)


@router.delete(
    "/{select_row_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_select(select_row_id: UUID, selects: SelectServiceDep) -> None:
    """Delete a select."""
    await selects.delete(select_row_id)
