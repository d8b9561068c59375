"""Members."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems, row_in
from app.dependencies import CurrentUserDep, MemberServiceDep
from app.schemas.member import (
    MemberListQuery,
    MemberPage,
    MemberRead,
    MemberReadEnvelope,
    MemberUpdateEnvelope,
)

router = APIRouter(prefix="/members", tags=["members"], responses=problems(400))


@router.get("/me", responses=problems(401))
async def get_me(member: CurrentUserDep) -> MemberReadEnvelope:
    """Return the caller's own member."""
    return MemberReadEnvelope(item=MemberRead.model_validate(member))


@router.patch("/me", dependencies=[Depends(row_in("user"))], responses=problems(400, 401, 409))
async def update_me(
    data: MemberUpdateEnvelope, member: CurrentUserDep, members: MemberServiceDep
) -> MemberReadEnvelope:
    """Change the caller's own member."""
    member = await members.update_me(member, data.item)
    return MemberReadEnvelope(item=MemberRead.model_validate(member))


@router.get("", responses=problems(401))
async def list_members(
    query: Annotated[MemberListQuery, Query()], members: MemberServiceDep, caller: CurrentUserDep
) -> MemberPage:
    """List members."""
    rows, total = await members.list(query, caller)
    return MemberPage(items=[MemberRead.model_validate(row) for row in rows], total=total)


@router.get("/{member_id:uuid}", responses=problems(401, 404))
async def get_member(
    member_id: UUID, members: MemberServiceDep, caller: CurrentUserDep
) -> MemberReadEnvelope:
    """Return one member."""
    member = await members.get(member_id, caller)
    return MemberReadEnvelope(item=MemberRead.model_validate(member))


@router.patch(
    "/{member_id:uuid}",
    dependencies=[Depends(row_in("user"))],
    responses=problems(401, 403, 404, 409),
)
async def update_member(
    member_id: UUID, data: MemberUpdateEnvelope, members: MemberServiceDep, caller: CurrentUserDep
) -> MemberReadEnvelope:
    """Change a member."""
    member = await members.update(member_id, data.item, caller)
    return MemberReadEnvelope(item=MemberRead.model_validate(member))


@router.delete("/{member_id:uuid}", response_class=Response, responses=problems(401, 403, 404, 409))
async def delete_member(
    member_id: UUID, members: MemberServiceDep, caller: CurrentUserDep
) -> Response:
    """Delete a member."""
    await members.delete(member_id, caller)
    return Response()
