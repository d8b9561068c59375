"""Types."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import TypeServiceDep, get_current_user
from app.schemas.type import TypeCreate, TypeListQuery, TypePage, TypeRead, TypeUpdate

router = APIRouter(prefix="/types", tags=["types"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_types(query: Annotated[TypeListQuery, Query()], types: TypeServiceDep) -> TypePage:
    """List types."""
    rows, total = await types.list(query)
    return TypePage(
        items=[TypeRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{type_row_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_type(type_row_id: UUID, types: TypeServiceDep) -> TypeRead:
    """Return one type."""
    type_row = await types.get(type_row_id)
    return TypeRead.model_validate(type_row)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_type(data: TypeCreate, types: TypeServiceDep, response: Response) -> TypeRead:
    """Create a type."""
    type_row = await types.create(data)
    response.headers["Location"] = f"/api/v1/types/{type_row.id}"
    return TypeRead.model_validate(type_row)


@router.patch(
    "/{type_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_type(type_row_id: UUID, data: TypeUpdate, types: TypeServiceDep) -> TypeRead:
    """Change a type."""
    type_row = await types.update(type_row_id, data)
    return TypeRead.model_validate(type_row)


@router.delete(
    "/{type_row_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_type(type_row_id: UUID, types: TypeServiceDep) -> None:
    """Delete a type."""
    await types.delete(type_row_id)
