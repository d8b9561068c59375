"""Settings."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import SettingsEntity
from app.repositories.settings_repository import SettingsRepository
from app.schemas.settings import SettingsCreate, SettingsListQuery, SettingsUpdate


class SettingsService:
    """Use cases of settings."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._settings_rows = SettingsRepository(session)

    async def list(self, query: SettingsListQuery) -> tuple[Sequence[SettingsEntity], int]:
        """List settings."""
        return await self._settings_rows.list(query)

    async def get(self, settings_row_id: UUID) -> SettingsEntity:
        """Return one settings."""
        settings_row = await self._settings_rows.get(settings_row_id)
        if settings_row is None:
            detail = "Settings not found"
            raise NotFoundError(detail)
        return settings_row

    async def create(self, data: SettingsCreate) -> SettingsEntity:
        """Create a settings."""
        settings_row = SettingsEntity(settings=data.settings)
        await self._settings_rows.create(settings_row)
        return settings_row

    async def update(self, settings_row_id: UUID, data: SettingsUpdate) -> SettingsEntity:
        """Change a settings."""
        settings_row = await self.get(settings_row_id)
        if data.settings is not MISSING:
            settings_row.settings = data.settings
        await self._settings_rows.update(settings_row)
        return settings_row

    async def delete(self, settings_row_id: UUID) -> None:
        """Delete a settings."""
        settings_row = await self.get(settings_row_id)
        await self._settings_rows.delete(settings_row)
