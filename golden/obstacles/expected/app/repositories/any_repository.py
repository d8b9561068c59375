"""Queries on anies."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import AnyEntity
from app.repositories.base import Repository
from app.schemas.any import AnyListQuery, AnySort

_ORDERS: dict[AnySort, UnaryExpression[Any]] = {
    AnySort.CREATED_AT: AnyEntity.created_at.asc(),
    AnySort.CREATED_AT_DESC: AnyEntity.created_at.desc(),
}


class AnyRepository(Repository[AnyEntity]):
    """Anies."""

    model = AnyEntity

    async def get(self, any_row_id: UUID) -> AnyEntity | None:
        """Return the any with this key, if there is one."""
        return await self.session.scalar(self.select().where(AnyEntity.id == any_row_id))

    async def list(self, query: AnyListQuery) -> tuple[Sequence[AnyEntity], int]:
        """Return one page of the anies."""
        statement = self.select().order_by(_ORDERS[query.sort], AnyEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
