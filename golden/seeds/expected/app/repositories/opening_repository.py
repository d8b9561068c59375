"""Queries on openings."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Opening
from app.repositories.base import Repository
from app.schemas.opening import OpeningListQuery, OpeningSort

_ORDERS: dict[OpeningSort, UnaryExpression[Any]] = {
    OpeningSort.CREATED_AT: Opening.created_at.asc(),
    OpeningSort.CREATED_AT_DESC: Opening.created_at.desc(),
}


class OpeningRepository(Repository[Opening]):
    """Openings."""

    model = Opening

    async def get(self, office_id: UUID, topic_id: UUID) -> Opening | None:
        """Return the opening with this key, if there is one."""
        return await self.session.scalar(
            self.select().where(Opening.office_id == office_id, Opening.topic_id == topic_id)
        )

    async def list(self, query: OpeningListQuery) -> tuple[Sequence[Opening], int]:
        """Return one page of the openings."""
        statement = self.select().order_by(_ORDERS[query.sort], Opening.office_id, Opening.topic_id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
