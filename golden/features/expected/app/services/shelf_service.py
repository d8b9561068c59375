"""Shelves."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.core.etag import check_if_match
from app.models import Account, Shelf
from app.models.enums import AccountRole
from app.repositories.shelf_repository import ShelfRepository
from app.schemas.shelf import ShelfCreate, ShelfListQuery, ShelfUpdate


class ShelfService:
    """Use cases of shelves."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._shelves = ShelfRepository(session)

    async def list(self, query: ShelfListQuery, caller: Account) -> tuple[Sequence[Shelf], int]:
        """List shelves."""
        return await self._shelves.list(query, caller)

    async def get(self, shelf_id: UUID, caller: Account) -> Shelf:
        """Return one shelf, unless the caller may not know that it exists."""
        shelf = await self._shelves.get(shelf_id)
        if shelf is None or not _may_read(shelf, caller):
            detail = "Shelf not found"
            raise NotFoundError(detail)
        return shelf

    async def create(self, data: ShelfCreate, caller: Account) -> Shelf:
        """Create a shelf."""
        shelf = Shelf(label=data.label, capacity=data.capacity, owner_id=caller.id)
        await self._shelves.create(shelf)
        return shelf

    async def update(
        self, shelf_id: UUID, data: ShelfUpdate, caller: Account, if_match: str | None
    ) -> Shelf:
        """Change a shelf."""
        shelf = await self.get(shelf_id, caller)
        check_if_match(if_match, shelf.version)
        if data.label is not MISSING:
            shelf.label = data.label
        if data.capacity is not MISSING:
            shelf.capacity = data.capacity
        await self._shelves.update(shelf)
        return shelf

    async def delete(self, shelf_id: UUID, caller: Account, if_match: str | None) -> None:
        """Delete a shelf."""
        shelf = await self.get(shelf_id, caller)
        check_if_match(if_match, shelf.version)
        shelf.is_active = False
        await self._shelves.update(shelf)


def _may_read(shelf: Shelf, caller: Account) -> bool:
    return caller.role is AccountRole.ADMIN or shelf.owner_id == caller.id
