"""Queries on bases."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import BaseEntity
from app.repositories.base import Repository
from app.schemas.base_entity import BaseListQuery, BaseSort

_ORDERS: dict[BaseSort, UnaryExpression[Any]] = {
    BaseSort.CREATED_AT: BaseEntity.created_at.asc(),
    BaseSort.CREATED_AT_DESC: BaseEntity.created_at.desc(),
}


class BaseRepository(Repository[BaseEntity]):
    """Bases."""

    model = BaseEntity

    async def get(self, base_id: UUID) -> BaseEntity | None:
        """Return the base with this key, if there is one."""
        return await self.session.scalar(self.select().where(BaseEntity.id == base_id))

    async def list(self, query: BaseListQuery) -> tuple[Sequence[BaseEntity], int]:
        """Return one page of the bases."""
        statement = self.select().order_by(_ORDERS[query.sort], BaseEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
