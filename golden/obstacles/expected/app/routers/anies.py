"""Anies."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import AnyServiceDep, get_current_user
from app.schemas.any import AnyCreate, AnyListQuery, AnyPage, AnyRead, AnyUpdate

router = APIRouter(prefix="/anies", tags=["anies"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_anies(query: Annotated[AnyListQuery, Query()], anies: AnyServiceDep) -> AnyPage:
    """List anies."""
    rows, total = await anies.list(query)
    return AnyPage(
        items=[AnyRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{any_row_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_any(any_row_id: UUID, anies: AnyServiceDep) -> AnyRead:
    """Return one any."""
    any_row = await anies.get(any_row_id)
    return AnyRead.model_validate(any_row)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_any(data: AnyCreate, anies: AnyServiceDep, response: Response) -> AnyRead:
    """Create an any."""
    any_row = await anies.create(data)
    response.headers["Location"] = f"/api/v1/anies/{any_row.id}"
    return AnyRead.model_validate(any_row)


@router.patch(
    "/{any_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_any(any_row_id: UUID, data: AnyUpdate, anies: AnyServiceDep) -> AnyRead:
    """Change an any."""
    any_row = await anies.update(any_row_id, data)
    return AnyRead.model_validate(any_row)


@router.delete(
    "/{any_row_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_any(any_row_id: UUID, anies: AnyServiceDep) -> None:
    """Delete an any."""
    await anies.delete(any_row_id)
