"""Enums."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import EnumServiceDep, get_current_user
from app.schemas.enum import EnumCreate, EnumListQuery, EnumPage, EnumRead, EnumUpdate

router = APIRouter(prefix="/enums", tags=["enums"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_enums(query: Annotated[EnumListQuery, Query()], enums: EnumServiceDep) -> EnumPage:
    """List enums."""
    rows, total = await enums.list(query)
    return EnumPage(
        items=[EnumRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{enum_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_enum(enum_id: UUID, enums: EnumServiceDep) -> EnumRead:
    """Return one enum."""
    enum = await enums.get(enum_id)
    return EnumRead.model_validate(enum)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_enum(data: EnumCreate, enums: EnumServiceDep, response: Response) -> EnumRead:
    """Create an enum."""
    enum = await enums.create(data)
    response.headers["Location"] = f"/api/v1/enums/{enum.id}"
    return EnumRead.model_validate(enum)


@router.patch(
    "/{enum_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_enum(enum_id: UUID, data: EnumUpdate, enums: EnumServiceDep) -> EnumRead:
    """Change an enum."""
    enum = await enums.update(enum_id, data)
    return EnumRead.model_validate(enum)


@router.delete(
    "/{enum_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_enum(enum_id: UUID, enums: EnumServiceDep) -> None:
    """Delete an enum."""
    await enums.delete(enum_id)
