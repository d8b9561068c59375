"""Enums."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import EnumEntity
from app.repositories.enum_repository import EnumRepository
from app.schemas.enum import EnumCreate, EnumListQuery, EnumUpdate


class EnumService:
    """Use cases of enums."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._enums = EnumRepository(session)

    async def list(self, query: EnumListQuery) -> tuple[Sequence[EnumEntity], int]:
        """List enums."""
        return await self._enums.list(query)

    async def get(self, enum_id: UUID) -> EnumEntity:
        """Return one enum."""
        enum = await self._enums.get(enum_id)
        if enum is None:
            detail = "Enum not found"
            raise NotFoundError(detail)
        return enum

    async def create(self, data: EnumCreate) -> EnumEntity:
        """Create an enum."""
        enum = EnumEntity(enum=data.enum)
        await self._enums.create(enum)
        return enum

    async def update(self, enum_id: UUID, data: EnumUpdate) -> EnumEntity:
        """Change an enum."""
        enum = await self.get(enum_id)
        if data.enum is not MISSING:
            enum.enum = data.enum
        await self._enums.update(enum)
        return enum

    async def delete(self, enum_id: UUID) -> None:
        """Delete an enum."""
        enum = await self.get(enum_id)
        await self._enums.delete(enum)
