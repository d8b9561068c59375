"""Digests."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Digest
from app.repositories.digest_repository import DigestRepository
from app.schemas.digest import DigestListQuery


class DigestService:
    """Use cases of digests."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._digests = DigestRepository(session)

    async def list(self, query: DigestListQuery) -> tuple[Sequence[Digest], int]:
        """List digests."""
        return await self._digests.list(query)

    async def get(self, digest_id: UUID) -> Digest:
        """Return one digest."""
        digest = await self._digests.get(digest_id)
        if digest is None:
            detail = "Digest not found"
            raise NotFoundError(detail)
        return digest
