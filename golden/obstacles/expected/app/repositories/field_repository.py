"""Queries on fields."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import FieldEntity
from app.repositories.base import Repository
from app.schemas.field import FieldListQuery, FieldSort

_ORDERS: dict[FieldSort, UnaryExpression[Any]] = {
    FieldSort.CREATED_AT: FieldEntity.created_at.asc(),
    FieldSort.CREATED_AT_DESC: FieldEntity.created_at.desc(),
}


class FieldRepository(Repository[FieldEntity]):
    """Fields."""

    model = FieldEntity

    async def get(self, field_row_id: UUID) -> FieldEntity | None:
        """Return the field with this key, if there is one."""
        return await self.session.scalar(self.select().where(FieldEntity.id == field_row_id))

    async def list(self, query: FieldListQuery) -> tuple[Sequence[FieldEntity], int]:
        """Return one page of the fields."""
        statement = self.select().order_by(_ORDERS[query.sort], FieldEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
