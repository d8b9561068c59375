"""Members."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.core.security import hash_password
from app.models import Member
from app.repositories.member_repository import MemberRepository
from app.schemas.member import MemberCreate, MemberListQuery, MemberUpdate


class MemberService:
    """Use cases of members."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._members = MemberRepository(session)

    async def list(self, query: MemberListQuery, caller: Member) -> tuple[Sequence[Member], int]:
        """List members."""
        return await self._members.list(query, caller)

    async def get(self, member_id: UUID, caller: Member) -> Member:
        """Return one member, unless the caller may not know that it exists."""
        member = await self._members.get(member_id)
        if member is None or not _may_read(member, caller):
            detail = "Member not found"
            raise NotFoundError(detail)
        return member

    async def update(self, member_id: UUID, data: MemberUpdate, caller: Member) -> Member:
        """Change a member."""
        member = await self.get(member_id, caller)
        await self._apply(member, data)
        return member

    async def delete(self, member_id: UUID, caller: Member) -> None:
        """Delete a member."""
        member = await self.get(member_id, caller)
        await self._members.delete(member)

    async def register(self, data: MemberCreate) -> Member:
        """Create one member for whoever asks."""
        member = Member(email=data.email, hashed_password=await hash_password(data.password))
        await self._members.create(member)
        return member

    async def update_me(self, member: Member, data: MemberUpdate) -> Member:
        """Change the caller's own member."""
        await self._apply(member, data)
        return member

    async def _apply(self, member: Member, data: MemberUpdate) -> None:
        if data.email is not MISSING:
            member.email = data.email
        if data.password is not MISSING:
            member.hashed_password = await hash_password(data.password)
        await self._members.update(member)


def _may_read(member: Member, caller: Member) -> bool:
    return member.id == caller.id
