"""Queries on selects."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import SelectEntity
from app.repositories.base import Repository
from app.schemas.select import SelectListQuery, SelectSort

_ORDERS: dict[SelectSort, UnaryExpression[Any]] = {
    SelectSort.CREATED_AT: SelectEntity.created_at.asc(),
    SelectSort.CREATED_AT_DESC: SelectEntity.created_at.desc(),
}


class SelectRepository(Repository[SelectEntity]):
    """Selects."""

    model = SelectEntity

    async def get(self, select_row_id: UUID) -> SelectEntity | None:
        """Return the select with this key, if there is one."""
        return await self.session.scalar(self.select().where(SelectEntity.id == select_row_id))

    async def list(self, query: SelectListQuery) -> tuple[Sequence[SelectEntity], int]:
        """Return one page of the selects."""
        statement = self.select().order_by(_ORDERS[query.sort], SelectEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
