"""Members."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import InvalidTransitionError, NotFoundError, PermissionDeniedError
from app.core.security import hash_password
from app.core.writable import require_writable
from app.models import Member
from app.models.enums import MemberRole, Standing
from app.repositories.member_repository import MemberRepository
from app.schemas.member import MemberCreate, MemberListQuery, MemberRead, MemberUpdate


class MemberService:
    """Use cases of members."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._members = MemberRepository(session)

    async def list(self, query: MemberListQuery) -> tuple[Sequence[Member], int]:
        """List members."""
        return await self._members.list(query)

    async def get(self, member_id: UUID) -> Member:
        """Return one member."""
        member = await self._members.get(member_id)
        if member is None:
            detail = "Member not found"
            raise NotFoundError(detail)
        return member

    async def host(self, member_id: UUID, caller: Member) -> Member:
        """Host a member."""
        member = await self.get(member_id)
        await self._members.lock(member)
        if not await self._members.may_host(member, caller):
            detail = "You may not host this member"
            raise PermissionDeniedError(detail)
        if member.standing is not Standing.NEWCOMER:
            raise InvalidTransitionError(member.standing, "host")
        member.standing = Standing.HOST
        await self._members.update(member)
        return member

    async def register(self, data: MemberCreate) -> Member:
        """Create one member for whoever asks."""
        member = Member(
            email=data.email,
            name=data.name,
            desk=data.desk,
            languages=data.languages,
            phone=data.phone,
            grade=data.grade,
            hashed_password=await hash_password(data.password),
        )
        await self._members.create(member)
        return member

    async def update_me(self, member: Member, data: MemberUpdate) -> Member:
        """Change the caller's own member."""
        require_writable(data, {"grade": _writes_grade(member)})
        await self._apply(member, data)
        return member

    async def _apply(self, member: Member, data: MemberUpdate) -> None:
        if data.email is not MISSING:
            member.email = data.email
        if data.name is not MISSING:
            member.name = data.name
        if data.desk is not MISSING:
            member.desk = data.desk
        if data.languages is not MISSING:
            member.languages = data.languages
        if data.phone is not MISSING:
            member.phone = data.phone
        if data.grade is not MISSING:
            member.grade = data.grade
        if data.password is not MISSING:
            member.hashed_password = await hash_password(data.password)
        await self._members.update(member)

    @staticmethod
    def represent(member: Member, caller: Member | None) -> MemberRead:
        """Show one member without what the caller may not read."""
        shown = MemberRead.model_validate(member)
        if not _reads_phone(member, caller):
            shown.phone = MISSING
        if not _reads_grade(caller):
            shown.grade = MISSING
        return shown

    @staticmethod
    def check_registration(data: MemberCreate) -> None:
        """Refuse what people may not say of themselves."""
        require_writable(data, {"grade": False})


def _reads_phone(member: Member, caller: Member | None) -> bool:
    if caller is None:
        return False
    return caller.role is MemberRole.ADMIN or member.id == caller.id


def _reads_grade(caller: Member | None) -> bool:
    return caller is not None


def _writes_grade(caller: Member) -> bool:
    return caller.role is MemberRole.ADMIN
