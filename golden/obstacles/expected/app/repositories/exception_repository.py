"""Queries on exceptions."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import ExceptionEntity
from app.repositories.base import Repository
from app.schemas.exception import ExceptionListQuery, ExceptionSort

_ORDERS: dict[ExceptionSort, UnaryExpression[Any]] = {
    ExceptionSort.CREATED_AT: ExceptionEntity.created_at.asc(),
    ExceptionSort.CREATED_AT_DESC: ExceptionEntity.created_at.desc(),
}


class ExceptionRepository(Repository[ExceptionEntity]):
    """Exceptions."""

    model = ExceptionEntity

    async def get(self, exception_id: UUID) -> ExceptionEntity | None:
        """Return the exception with this key, if there is one."""
        return await self.session.scalar(self.select().where(ExceptionEntity.id == exception_id))

    async def list(self, query: ExceptionListQuery) -> tuple[Sequence[ExceptionEntity], int]:
        """Return one page of the exceptions."""
        statement = self.select().order_by(_ORDERS[query.sort], ExceptionEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
