"""Queries on settings."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import SettingsEntity
from app.repositories.base import Repository
from app.schemas.settings import SettingsListQuery, SettingsSort

_ORDERS: dict[SettingsSort, UnaryExpression[Any]] = {
    SettingsSort.CREATED_AT: SettingsEntity.created_at.asc(),
    SettingsSort.CREATED_AT_DESC: SettingsEntity.created_at.desc(),
}


class SettingsRepository(Repository[SettingsEntity]):
    """Settings."""

    model = SettingsEntity

    async def get(self, settings_row_id: UUID) -> SettingsEntity | None:
        """Return the settings with this key, if there is one."""
        return await self.session.scalar(self.select().where(SettingsEntity.id == settings_row_id))

    async def list(self, query: SettingsListQuery) -> tuple[Sequence[SettingsEntity], int]:
        """Return one page of the settings."""
        statement = self.select().order_by(_ORDERS[query.sort], SettingsEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
