"""Queries on members."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression, and_, or_, true

from app.models import Board, Member
from app.repositories.base import Repository
from app.schemas.member import MemberListQuery, MemberSort

_ORDERS: dict[MemberSort, UnaryExpression[Any]] = {
    MemberSort.CREATED_AT: Member.created_at.asc(),
    MemberSort.CREATED_AT_DESC: Member.created_at.desc(),
    MemberSort.NAME: Member.name.asc(),
    MemberSort.NAME_DESC: Member.name.desc(),
}


class MemberRepository(Repository[Member]):
    """Members."""

    model = Member

    async def get(self, member_id: UUID) -> Member | None:
        """Return the member with this key, if there is one."""
        return await self.session.scalar(self.select().where(Member.id == member_id))

    async def get_by_email(self, email: str) -> Member | None:
        """Return the member with this value, if there is one."""
        return await self.session.scalar(self.select().where(Member.email == email))

    async def get_many(self, keys: Sequence[UUID]) -> Sequence[Member]:
        """Return the members with these keys, as far as they exist."""
        statement = self.select().where(Member.id.in_(keys))
        return (await self.session.scalars(statement)).all()

    async def list(self, query: MemberListQuery) -> tuple[Sequence[Member], int]:
        """Return one page of the members."""
        statement = self.select().order_by(_ORDERS[query.sort], Member.id)
        if query.q is not None:
            statement = statement.where(
                or_(
                    Member.email.icontains(query.q, autoescape=True),
                    Member.name.icontains(query.q, autoescape=True),
                )
            )
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def may_host(self, member: Member, caller: Member) -> bool:
        """Ask the database whether the caller may host ``member``."""
        return await self.fulfils(
            member, and_(Member.id == caller.id, Member.boards.any(Board.open == true()))
        )
