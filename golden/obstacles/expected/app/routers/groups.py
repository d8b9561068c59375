"""Groups."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import GroupServiceDep, get_current_user
from app.schemas.group import GroupCreate, GroupListQuery, GroupPage, GroupRead, GroupUpdate

router = APIRouter(prefix="/groups", tags=["groups"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_groups(
    query: Annotated[GroupListQuery, Query()], groups: GroupServiceDep
) -> GroupPage:
    """List groups."""
    rows, total = await groups.list(query)
    return GroupPage(
        items=[GroupRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{group_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_group(group_id: UUID, groups: GroupServiceDep) -> GroupRead:
    """Return one group."""
    group = await groups.get(group_id)
    return GroupRead.model_validate(group)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_group(data: GroupCreate, groups: GroupServiceDep, response: Response) -> GroupRead:
    """Create a group."""
    group = await groups.create(data)
    response.headers["Location"] = f"/api/v1/groups/{group.id}"
    return GroupRead.model_validate(group)


@router.patch(
    "/{group_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_group(group_id: UUID, data: GroupUpdate, groups: GroupServiceDep) -> GroupRead:
    """Change a group."""
    group = await groups.update(group_id, data)
    return GroupRead.model_validate(group)


@router.delete(
    "/{group_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_group(group_id: UUID, groups: GroupServiceDep) -> None:
    """Delete a group."""
    await groups.delete(group_id)
