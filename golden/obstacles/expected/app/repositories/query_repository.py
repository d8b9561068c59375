"""Queries on queries."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import QueryEntity
from app.repositories.base import Repository
from app.schemas.query import QueryListQuery, QuerySort

_ORDERS: dict[QuerySort, UnaryExpression[Any]] = {
    QuerySort.CREATED_AT: QueryEntity.created_at.asc(),
    QuerySort.CREATED_AT_DESC: QueryEntity.created_at.desc(),
}


class QueryRepository(Repository[QueryEntity]):
    """Queries."""

    model = QueryEntity

    async def get(self, query_row_id: UUID) -> QueryEntity | None:
        """Return the query with this key, if there is one."""
        return await self.session.scalar(self.select().where(QueryEntity.id == query_row_id))

    async def list(self, query: QueryListQuery) -> tuple[Sequence[QueryEntity], int]:
        """Return one page of the queries."""
        statement = self.select().order_by(_ORDERS[query.sort], QueryEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
