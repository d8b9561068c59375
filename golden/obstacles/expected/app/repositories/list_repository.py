"""Queries on lists."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import List
from app.repositories.base import Repository
from app.schemas.list import ListListQuery, ListSort

_ORDERS: dict[ListSort, UnaryExpression[Any]] = {
    ListSort.CREATED_AT: List.created_at.asc(),
    ListSort.CREATED_AT_DESC: List.created_at.desc(),
}


class ListRepository(Repository[List]):
    """Lists."""

    model = List

    async def get(self, list_row_id: UUID) -> List | None:
        """Return the list with this key, if there is one."""
        return await self.session.scalar(self.select().where(List.id == list_row_id))

    async def list(self, query: ListListQuery) -> tuple[Sequence[List], int]:
        """Return one page of the lists."""
        statement = self.select().order_by(_ORDERS[query.sort], List.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
