"""Memberships."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import MembershipServiceDep
from app.schemas.membership import (
    MembershipCreate,
    MembershipListQuery,
    MembershipPage,
    MembershipRead,
    MembershipUpdate,
)

router = APIRouter(prefix="/memberships", tags=["memberships"], responses=problems(422))


@router.get("")
async def list_memberships(
    query: Annotated[MembershipListQuery, Query()], memberships: MembershipServiceDep
) -> MembershipPage:
    """List memberships."""
    rows, next_cursor = await memberships.list(query)
    return MembershipPage(
        items=[MembershipRead.model_validate(row) for row in rows],
        limit=query.limit,
        next_cursor=next_cursor,
    )


@router.get("/{employee_id:uuid}/{project_id:uuid}", responses=problems(404))
async def get_membership(
    employee_id: UUID, project_id: UUID, memberships: MembershipServiceDep
) -> MembershipRead:
    """Return one membership."""
    membership = await memberships.get(employee_id, project_id)
    return MembershipRead.model_validate(membership)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 409))
async def create_membership(
    data: MembershipCreate, memberships: MembershipServiceDep, response: Response
) -> MembershipRead:
    """Create a membership."""
    membership = await memberships.create(data)
    response.headers["Location"] = (
        f"/api/v1/memberships/{membership.employee_id}/{membership.project_id}"
    )
    return MembershipRead.model_validate(membership)


@router.patch("/{employee_id:uuid}/{project_id:uuid}", responses=problems(400, 404, 409))
async def update_membership(
    employee_id: UUID, project_id: UUID, data: MembershipUpdate, memberships: MembershipServiceDep
) -> MembershipRead:
    """Change a membership."""
    membership = await memberships.update(employee_id, project_id, data)
    return MembershipRead.model_validate(membership)


@router.delete(
    "/{employee_id:uuid}/{project_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(404),
)
async def delete_membership(
    employee_id: UUID, project_id: UUID, memberships: MembershipServiceDep
) -> None:
    """Delete a membership."""
    await memberships.delete(employee_id, project_id)
