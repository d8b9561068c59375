"""Queries on badges."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Badge
from app.repositories.base import Repository
from app.schemas.badge import BadgeListQuery, BadgeSort

_ORDERS: dict[BadgeSort, UnaryExpression[Any]] = {
    BadgeSort.CREATED_AT: Badge.created_at.asc(),
    BadgeSort.CREATED_AT_DESC: Badge.created_at.desc(),
}


class BadgeRepository(Repository[Badge]):
    """Badges."""

    model = Badge

    async def get(self, badge_id: UUID) -> Badge | None:
        """Return the badge with this key, if there is one."""
        return await self.session.scalar(self.select().where(Badge.id == badge_id))

    async def list(self, query: BadgeListQuery) -> tuple[Sequence[Badge], int]:
        """Return one page of the badges."""
        statement = self.select().order_by(_ORDERS[query.sort], Badge.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
