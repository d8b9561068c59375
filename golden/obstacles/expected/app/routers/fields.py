"""Fields."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import FieldServiceDep, get_current_user
from app.schemas.field import FieldCreate, FieldListQuery, FieldPage, FieldRead, FieldUpdate

router = APIRouter(prefix="/fields", tags=["fields"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_fields(
    query: Annotated[FieldListQuery, Query()], fields: FieldServiceDep
) -> FieldPage:
    """List fields."""
    rows, total = await fields.list(query)
    return FieldPage(
        items=[FieldRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{field_row_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_field(field_row_id: UUID, fields: FieldServiceDep) -> FieldRead:
    """Return one field."""
    field_row = await fields.get(field_row_id)
    return FieldRead.model_validate(field_row)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_field(data: FieldCreate, fields: FieldServiceDep, response: Response) -> FieldRead:
    """Create a field."""
    field_row = await fields.create(data)
    response.headers["Location"] = f"/api/v1/fields/{field_row.id}"
    return FieldRead.model_validate(field_row)


@router.patch(
    "/{field_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_field(field_row_id: UUID, data: FieldUpdate, fields: FieldServiceDep) -> FieldRead:
    """Change a field."""
    field_row = await fields.update(field_row_id, data)
    return FieldRead.model_validate(field_row)


@router.delete(
    "/{field_row_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_field(field_row_id: UUID, fields: FieldServiceDep) -> None:
    """Delete a field."""
    await fields.delete(field_row_id)
