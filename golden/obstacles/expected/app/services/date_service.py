"""Dates."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import DateEntity
from app.repositories.date_repository import DateRepository
from app.schemas.date import DateCreate, DateListQuery, DateUpdate


class DateService:
    """Use cases of dates."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._dates = DateRepository(session)

    async def list(self, query: DateListQuery) -> tuple[Sequence[DateEntity], int]:
        """List dates."""
        return await self._dates.list(query)

    async def get(self, date_row_id: UUID) -> DateEntity:
        """Return one date."""
        date_row = await self._dates.get(date_row_id)
        if date_row is None:
            detail = "Date not found"
            raise NotFoundError(detail)
        return date_row

    async def create(self, data: DateCreate) -> DateEntity:
        """Create a date."""
        date_row = DateEntity(date_=data.date_)
        await self._dates.create(date_row)
        return date_row

    async def update(self, date_row_id: UUID, data: DateUpdate) -> DateEntity:
        """Change a date."""
        date_row = await self.get(date_row_id)
        if data.date_ is not MISSING:
            date_row.date_ = data.date_
        await self._dates.update(date_row)
        return date_row

    async def delete(self, date_row_id: UUID) -> None:
        """Delete a date."""
        date_row = await self.get(date_row_id)
        await self._dates.delete(date_row)
