"""Queries on indices."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import IndexEntity
from app.repositories.base import Repository
from app.schemas.index import IndexListQuery, IndexSort

_ORDERS: dict[IndexSort, UnaryExpression[Any]] = {
    IndexSort.CREATED_AT: IndexEntity.created_at.asc(),
    IndexSort.CREATED_AT_DESC: IndexEntity.created_at.desc(),
}


class IndexRepository(Repository[IndexEntity]):
    """Indices."""

    model = IndexEntity

    async def get(self, index_id: UUID) -> IndexEntity | None:
        """Return the index with this key, if there is one."""
        return await self.session.scalar(self.select().where(IndexEntity.id == index_id))

    async def get_many(self, keys: Sequence[UUID]) -> Sequence[IndexEntity]:
        """Return the indices with these keys, as far as they exist."""
        statement = self.select().where(IndexEntity.id.in_(keys))
        return (await self.session.scalars(statement)).all()

    async def list(self, query: IndexListQuery) -> tuple[Sequence[IndexEntity], int]:
        """Return one page of the indices."""
        statement = self.select().order_by(_ORDERS[query.sort], IndexEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
