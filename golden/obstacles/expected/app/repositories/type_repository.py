"""Queries on types."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Type
from app.repositories.base import Repository
from app.schemas.type import TypeListQuery, TypeSort

_ORDERS: dict[TypeSort, UnaryExpression[Any]] = {
    TypeSort.CREATED_AT: Type.created_at.asc(),
    TypeSort.CREATED_AT_DESC: Type.created_at.desc(),
}


class TypeRepository(Repository[Type]):
    """Types."""

    model = Type

    async def get(self, type_row_id: UUID) -> Type | None:
        """Return the type with this key, if there is one."""
        return await self.session.scalar(self.select().where(Type.id == type_row_id))

    async def list(self, query: TypeListQuery) -> tuple[Sequence[Type], int]:
        """Return one page of the types."""
        statement = self.select().order_by(_ORDERS[query.sort], Type.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
