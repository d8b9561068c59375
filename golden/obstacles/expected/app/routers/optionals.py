"""Optionals."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import OptionalServiceDep, get_current_user
from app.schemas.optional import (
    OptionalCreate,
    OptionalListQuery,
    OptionalPage,
    OptionalRead,
    OptionalUpdate,
)

router = APIRouter(prefix="/optionals", tags=["optionals"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_optionals(
    query: Annotated[OptionalListQuery, Query()], optionals: OptionalServiceDep
) -> OptionalPage:
    """List optionals."""
    rows, total = await optionals.list(query)
    return OptionalPage(
        items=[OptionalRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{optional_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_optional(optional_id: UUID, optionals: OptionalServiceDep) -> OptionalRead:
    """Return one optional."""
    optional = await optionals.get(optional_id)
    return OptionalRead.model_validate(optional)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_optional(
    data: OptionalCreate, optionals: OptionalServiceDep, response: Response
) -> OptionalRead:
    """Create an optional."""
    optional = await optionals.create(data)
    response.headers["Location"] = f"/api/v1/optionals/{optional.id}"
    return OptionalRead.model_validate(optional)


@router.patch(
    "/{optional_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_optional(
    optional_id: UUID, data: OptionalUpdate, optionals: OptionalServiceDep
) -> OptionalRead:
    """Change an optional."""
    optional = await optionals.update(optional_id, data)
    return OptionalRead.model_validate(optional)


@router.delete(
    "/{optional_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_optional(optional_id: UUID, optionals: OptionalServiceDep) -> None:
    """Delete an optional."""
    await optionals.delete(optional_id)
