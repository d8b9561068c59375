"""Optionals."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import OptionalEntity
from app.repositories.optional_repository import OptionalRepository
from app.schemas.optional import OptionalCreate, OptionalListQuery, OptionalUpdate


class OptionalService:
    """Use cases of optionals."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._optionals = OptionalRepository(session)

    async def list(self, query: OptionalListQuery) -> tuple[Sequence[OptionalEntity], int]:
        """List optionals."""
        return await self._optionals.list(query)

    async def get(self, optional_id: UUID) -> OptionalEntity:
        """Return one optional."""
        optional = await self._optionals.get(optional_id)
        if optional is None:
            detail = "Optional not found"
            raise NotFoundError(detail)
        return optional

    async def create(self, data: OptionalCreate) -> OptionalEntity:
        """Create an optional."""
        optional = OptionalEntity(optional=data.optional)
        await self._optionals.create(optional)
        return optional

    async def update(self, optional_id: UUID, data: OptionalUpdate) -> OptionalEntity:
        """Change an optional."""
        optional = await self.get(optional_id)
        if data.optional is not MISSING:
            optional.optional = data.optional
        await self._optionals.update(optional)
        return optional

    async def delete(self, optional_id: UUID) -> None:
        """Delete an optional."""
        optional = await self.get(optional_id)
        await self._optionals.delete(optional)
