"""Queries on groups."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Group
from app.repositories.base import Repository
from app.schemas.group import GroupListQuery, GroupSort

_ORDERS: dict[GroupSort, UnaryExpression[Any]] = {
    GroupSort.CREATED_AT: Group.created_at.asc(),
    GroupSort.CREATED_AT_DESC: Group.created_at.desc(),
}


class GroupRepository(Repository[Group]):
    """Groups."""

    model = Group

    async def get(self, group_id: UUID) -> Group | None:
        """Return the group with this key, if there is one."""
        return await self.session.scalar(self.select().where(Group.id == group_id))

    async def list(self, query: GroupListQuery) -> tuple[Sequence[Group], int]:
        """Return one page of the groups."""
        statement = self.select().order_by(_ORDERS[query.sort], Group.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
