"""Bases."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import BaseServiceDep, get_current_user
from app.schemas.base_entity import BaseCreate, BaseListQuery, BasePage, BaseRead, BaseUpdate

router = APIRouter(prefix="/bases", tags=["bases"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_bases(query: Annotated[BaseListQuery, Query()], bases: BaseServiceDep) -> BasePage:
    """List bases."""
    rows, total = await bases.list(query)
    return BasePage(
        items=[BaseRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{base_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_base(base_id: UUID, bases: BaseServiceDep) -> BaseRead:
    """Return one base."""
    base = await bases.get(base_id)
    return BaseRead.model_validate(base)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_base(data: BaseCreate, bases: BaseServiceDep, response: Response) -> BaseRead:
    """Create a base."""
    base = await bases.create(data)
    response.headers["Location"] = f"/api/v1/bases/{base.id}"
    return BaseRead.model_validate(base)


@router.patch(
    "/{base_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_base(base_id: UUID, data: BaseUpdate, bases: BaseServiceDep) -> BaseRead:
    """Change a base."""
    base = await bases.update(base_id, data)
    return BaseRead.model_validate(base)


@router.delete(
    "/{base_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_base(base_id: UUID, bases: BaseServiceDep) -> None:
    """Delete a base."""
    await bases.delete(base_id)
