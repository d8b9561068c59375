"""Lists."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import List
from app.repositories.list_repository import ListRepository
from app.schemas.list import ListCreate, ListListQuery, ListUpdate


class ListService:
    """Use cases of lists."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._lists = ListRepository(session)

    async def list(self, query: ListListQuery) -> tuple[Sequence[List], int]:
        """List lists."""
        return await self._lists.list(query)

    async def get(self, list_row_id: UUID) -> List:
        """Return one list."""
        list_row = await self._lists.get(list_row_id)
        if list_row is None:
            detail = "List not found"
            raise NotFoundError(detail)
        return list_row

    async def create(self, data: ListCreate) -> List:
        """Create a list."""
        list_row = List(list_=data.list_)
        await self._lists.create(list_row)
        return list_row

    async def update(self, list_row_id: UUID, data: ListUpdate) -> List:
        """Change a list."""
        list_row = await self.get(list_row_id)
        if data.list_ is not MISSING:
            list_row.list_ = data.list_
        await self._lists.update(list_row)
        return list_row

    async def delete(self, list_row_id: UUID) -> None:
        """Delete a list."""
        list_row = await self.get(list_row_id)
        await self._lists.delete(list_row)
