"""Settings."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Setting
from app.repositories.setting_repository import SettingRepository
from app.schemas.setting import SettingCreate, SettingListQuery, SettingReplace


class SettingService:
    """Use cases of settings."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._settings_rows = SettingRepository(session)

    async def list(self, query: SettingListQuery) -> tuple[Sequence[Setting], int]:
        """List settings."""
        return await self._settings_rows.list(query)

    async def get(self, setting_key: str) -> Setting:
        """Return one setting."""
        setting = await self._settings_rows.get(setting_key)
        if setting is None:
            detail = "Setting not found"
            raise NotFoundError(detail)
        return setting

    async def create(self, data: SettingCreate) -> Setting:
        """Create a setting."""
        setting = Setting(key=data.key, value=data.value)
        await self._settings_rows.create(setting)
        return setting

    async def replace(self, setting_key: str, data: SettingReplace) -> Setting:
        """Replace a setting."""
        setting = await self.get(setting_key)
        setting.value = data.value
        await self._settings_rows.update(setting)
        return setting

    async def delete(self, setting_key: str) -> None:
        """Delete a setting."""
        setting = await self.get(setting_key)
        await self._settings_rows.delete(setting)
