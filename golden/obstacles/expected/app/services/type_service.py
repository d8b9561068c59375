"""Types."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Type
from app.repositories.type_repository import TypeRepository
from app.schemas.type import TypeCreate, TypeListQuery, TypeUpdate


class TypeService:
    """Use cases of types."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._types = TypeRepository(session)

    async def list(self, query: TypeListQuery) -> tuple[Sequence[Type], int]:
        """List types."""
        return await self._types.list(query)

    async def get(self, type_row_id: UUID) -> Type:
        """Return one type."""
        type_row = await self._types.get(type_row_id)
        if type_row is None:
            detail = "Type not found"
            raise NotFoundError(detail)
        return type_row

    async def create(self, data: TypeCreate) -> Type:
        """Create a type."""
        type_row = Type(type_=data.type_)
        await self._types.create(type_row)
        return type_row

    async def update(self, type_row_id: UUID, data: TypeUpdate) -> Type:
        """Change a type."""
        type_row = await self.get(type_row_id)
        if data.type_ is not MISSING:
            type_row.type_ = data.type_
        await self._types.update(type_row)
        return type_row

    async def delete(self, type_row_id: UUID) -> None:
        """Delete a type."""
        type_row = await self.get(type_row_id)
        await self._types.delete(type_row)
