"""Openings."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Opening
from app.repositories.opening_repository import OpeningRepository
from app.schemas.opening import OpeningListQuery


class OpeningService:
    """Use cases of openings."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._openings = OpeningRepository(session)

    async def list(self, query: OpeningListQuery) -> tuple[Sequence[Opening], int]:
        """List openings."""
        return await self._openings.list(query)

    async def get(self, office_id: UUID, topic_id: UUID) -> Opening:
        """Return one opening."""
        opening = await self._openings.get(office_id, topic_id)
        if opening is None:
            detail = "Opening not found"
            raise NotFoundError(detail)
        return opening
