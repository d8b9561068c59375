"""Members."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.core.problems import problems
from app.dependencies import CurrentUserDep, MemberServiceDep
from app.schemas.member import MemberListQuery, MemberPage, MemberRead, MemberUpdate
from app.services.member_service import MemberService

router = APIRouter(prefix="/members", tags=["members"], responses=problems(422))


@router.get("/me", responses=problems(401))
async def get_me(member: CurrentUserDep) -> MemberRead:
    """Return the caller's own member."""
    return MemberService.represent(member, member)


@router.patch("/me", responses=problems(400, 401, 403, 409))
async def update_me(
    data: MemberUpdate, member: CurrentUserDep, members: MemberServiceDep
) -> MemberRead:
    """Change the caller's own member."""
    member = await members.update_me(member, data)
    return MemberService.represent(member, member)


@router.get("", responses=problems(401))
async def list_members(
    query: Annotated[MemberListQuery, Query()], members: MemberServiceDep, caller: CurrentUserDep
) -> MemberPage:
    """List members."""
    rows, total = await members.list(query)
    return MemberPage(
        items=[MemberService.represent(row, caller) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{member_id:uuid}", responses=problems(401, 404))
async def get_member(
    member_id: UUID, members: MemberServiceDep, caller: CurrentUserDep
) -> MemberRead:
    """Return one member."""
    member = await members.get(member_id)
    return MemberService.represent(member, caller)


@router.post("/{member_id:uuid}/host", responses=problems(401, 403, 404, 409))
async def host_member(
    member_id: UUID, members: MemberServiceDep, caller: CurrentUserDep
) -> MemberRead:
    """Host a member."""
    member = await members.host(member_id, caller)
    return MemberService.represent(member, caller)
