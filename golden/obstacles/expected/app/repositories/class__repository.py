"""Queries on classes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Class
from app.repositories.base import Repository
from app.schemas.class_ import ClassListQuery, ClassSort

_ORDERS: dict[ClassSort, UnaryExpression[Any]] = {
    ClassSort.CREATED_AT: Class.created_at.asc(),
    ClassSort.CREATED_AT_DESC: Class.created_at.desc(),
}


class ClassRepository(Repository[Class]):
    """Classes."""

    model = Class

    async def get(self, class__id: UUID) -> Class | None:
        """Return the class with this key, if there is one."""
        return await self.session.scalar(self.select().where(Class.id == class__id))

    async def list(self, query: ClassListQuery) -> tuple[Sequence[Class], int]:
        """Return one page of the classes."""
        statement = self.select().order_by(_ORDERS[query.sort], Class.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
