"""Lines."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError, PermissionDeniedError
from app.models import LineEntity, Member
from app.repositories.line_repository import LineRepository
from app.schemas.line import LineCreate, LineListQuery
from app.services.sheet_service import SheetService


class LineService:
    """Use cases of lines."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._lines = LineRepository(session)
        self._sheet_service = SheetService(session)

    async def list(
        self, sheet_id: UUID, query: LineListQuery, caller: Member
    ) -> tuple[Sequence[LineEntity], int]:
        """List lines."""
        sheet = await self._sheet_service.get(sheet_id, caller)
        return await self._lines.list(query, sheet.id)

    async def get(self, sheet_id: UUID, line_id: UUID, caller: Member) -> LineEntity:
        """Return one line, unless the caller may not know that it exists."""
        sheet = await self._sheet_service.get(sheet_id, caller)
        line = await self._lines.get(line_id)
        if line is None or line.sheet_id != sheet.id:
            detail = "Line not found"
            raise NotFoundError(detail)
        return line

    async def create(self, sheet_id: UUID, data: LineCreate, caller: Member) -> LineEntity:
        """Create a line."""
        sheet = await self._sheet_service.get(sheet_id, caller)
        line = LineEntity(text=data.text, sheet_id=sheet.id)
        await self._lines.create(line)
        if not await self._lines.may_write(line, caller):
            detail = "You may not create this line"
            raise PermissionDeniedError(detail)
        return line

    async def delete(self, sheet_id: UUID, line_id: UUID, caller: Member) -> None:
        """Delete a line."""
        line = await self.get(sheet_id, line_id, caller)
        if not await self._lines.may_write(line, caller):
            detail = "You may not delete this line"
            raise PermissionDeniedError(detail)
        await self._lines.delete(line)
