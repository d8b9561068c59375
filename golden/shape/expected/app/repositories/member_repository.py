"""Queries on members."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression

from app.models import Member
from app.repositories.base import Repository
from app.schemas.member import MemberListQuery, MemberSort

_ORDERS: dict[MemberSort, UnaryExpression[Any]] = {
    MemberSort.CREATED_AT: Member.created_at.asc(),
    MemberSort.CREATED_AT_DESC: Member.created_at.desc(),
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

    async def list(self, query: MemberListQuery, caller: Member) -> tuple[Sequence[Member], int]:
        """Return one page of the members that the caller may see."""
        statement = (
            self.select().where(_visible_to(caller)).order_by(_ORDERS[query.sort], Member.id)
        )
        return await self.page(statement, limit=query.limit, offset=query.offset)


def _visible_to(caller: Member) -> ColumnElement[bool]:
    return Member.id == caller.id
