"""Queries on tables."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import TableEntity
from app.repositories.base import Repository
from app.schemas.table import TableListQuery, TableSort

_ORDERS: dict[TableSort, UnaryExpression[Any]] = {
    TableSort.CREATED_AT: TableEntity.created_at.asc(),
    TableSort.CREATED_AT_DESC: TableEntity.created_at.desc(),
}


class TableRepository(Repository[TableEntity]):
    """Tables."""

    model = TableEntity

    async def get(self, table_id: UUID) -> TableEntity | None:
        """Return the table with this key, if there is one."""
        return await self.session.scalar(self.select().where(TableEntity.id == table_id))

    async def list(self, query: TableListQuery) -> tuple[Sequence[TableEntity], int]:
        """Return one page of the tables."""
        statement = self.select().order_by(_ORDERS[query.sort], TableEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
