"""Queries on enums."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import EnumEntity
from app.repositories.base import Repository
from app.schemas.enum import EnumListQuery, EnumSort

_ORDERS: dict[EnumSort, UnaryExpression[Any]] = {
    EnumSort.CREATED_AT: EnumEntity.created_at.asc(),
    EnumSort.CREATED_AT_DESC: EnumEntity.created_at.desc(),
}


class EnumRepository(Repository[EnumEntity]):
    """Enums."""

    model = EnumEntity

    async def get(self, enum_id: UUID) -> EnumEntity | None:
        """Return the enum with this key, if there is one."""
        return await self.session.scalar(self.select().where(EnumEntity.id == enum_id))

    async def list(self, query: EnumListQuery) -> tuple[Sequence[EnumEntity], int]:
        """Return one page of the enums."""
        statement = self.select().order_by(_ORDERS[query.sort], EnumEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
