"""Queries on settings."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import UnaryExpression
from sqlalchemy.orm.util import identity_key

from app.core.errors import ConflictError, FieldError
from app.models import Setting
from app.repositories.base import Repository
from app.schemas.setting import SettingListQuery, SettingSort

_ORDERS: dict[SettingSort, UnaryExpression[Any]] = {
    SettingSort.KEY: Setting.key.asc(),
    SettingSort.KEY_DESC: Setting.key.desc(),
}


class SettingRepository(Repository[Setting]):
    """Settings."""

    model = Setting

    async def get(self, setting_key: str) -> Setting | None:
        """Return the setting with this key, if there is one."""
        return await self.session.scalar(self.select().where(Setting.key == setting_key))

    async def list(self, query: SettingListQuery) -> tuple[Sequence[Setting], int]:
        """Return one page of the settings."""
        statement = self.select().order_by(_ORDERS[query.sort], Setting.key)
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def create(self, entity: Setting) -> None:
        """Insert ``entity`` now, unless this transaction has seen a row with its key."""
        if identity_key(instance=entity) in self.session.identity_map:
            detail = "A resource with the same value already exists"
            raise ConflictError(detail, errors=[FieldError("/key", "Already in use", "unique")])
        await super().create(entity)
