"""Tables."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import TableEntity
from app.repositories.table_repository import TableRepository
from app.schemas.table import TableCreate, TableListQuery, TableUpdate


class TableService:
    """Use cases of tables."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._tables = TableRepository(session)

    async def list(self, query: TableListQuery) -> tuple[Sequence[TableEntity], int]:
        """List tables."""
        return await self._tables.list(query)

    async def get(self, table_id: UUID) -> TableEntity:
        """Return one table."""
        table = await self._tables.get(table_id)
        if table is None:
            detail = "Table not found"
            raise NotFoundError(detail)
        return table

    async def create(self, data: TableCreate) -> TableEntity:
        """Create a table."""
        table = TableEntity(table=data.table)
        await self._tables.create(table)
        return table

    async def update(self, table_id: UUID, data: TableUpdate) -> TableEntity:
        """Change a table."""
        table = await self.get(table_id)
        if data.table is not MISSING:
            table.table = data.table
        await self._tables.update(table)
        return table

    async def delete(self, table_id: UUID) -> None:
        """Delete a table."""
        table = await self.get(table_id)
        await self._tables.delete(table)
