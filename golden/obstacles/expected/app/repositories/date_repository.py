"""Queries on dates."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import DateEntity
from app.repositories.base import Repository
from app.schemas.date import DateListQuery, DateSort

_ORDERS: dict[DateSort, UnaryExpression[Any]] = {
    DateSort.CREATED_AT: DateEntity.created_at.asc(),
    DateSort.CREATED_AT_DESC: DateEntity.created_at.desc(),
}


class DateRepository(Repository[DateEntity]):
    """Dates."""

    model = DateEntity

    async def get(self, date_row_id: UUID) -> DateEntity | None:
        """Return the date with this key, if there is one."""
        return await self.session.scalar(self.select().where(DateEntity.id == date_row_id))

    async def list(self, query: DateListQuery) -> tuple[Sequence[DateEntity], int]:
        """Return one page of the dates."""
        statement = self.select().order_by(_ORDERS[query.sort], DateEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
