"""Queries on optionals."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import OptionalEntity
from app.repositories.base import Repository
from app.schemas.optional import OptionalListQuery, OptionalSort

_ORDERS: dict[OptionalSort, UnaryExpression[Any]] = {
    OptionalSort.CREATED_AT: OptionalEntity.created_at.asc(),
    OptionalSort.CREATED_AT_DESC: OptionalEntity.created_at.desc(),
}


class OptionalRepository(Repository[OptionalEntity]):
    """Optionals."""

    model = OptionalEntity

    async def get(self, optional_id: UUID) -> OptionalEntity | None:
        """Return the optional with this key, if there is one."""
        return await self.session.scalar(self.select().where(OptionalEntity.id == optional_id))

    async def list(self, query: OptionalListQuery) -> tuple[Sequence[OptionalEntity], int]:
        """Return one page of the optionals."""
        statement = self.select().order_by(_ORDERS[query.sort], OptionalEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
