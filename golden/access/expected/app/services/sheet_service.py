"""Sheets."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.bulk import pointers_below
from app.core.errors import FieldError, NotFoundError, PermissionDeniedError, RuleViolationError
from app.core.writable import require_writable
from app.models import Board, Member, Sheet
from app.models.enums import MemberRole
from app.repositories.board_repository import BoardRepository
from app.repositories.sheet_repository import SheetRepository
from app.schemas.sheet import (
    SheetBulkCreate,
    SheetCreate,
    SheetListQuery,
    SheetRead,
    SheetReplace,
    SheetUpdate,
)


class SheetService:
    """Use cases of sheets."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._sheets = SheetRepository(session)
        self._boards = BoardRepository(session)

    async def list(
        self, query: SheetListQuery, caller: Member | None
    ) -> tuple[Sequence[Sheet], int]:
        """List sheets."""
        return await self._sheets.list(query, caller)

    async def get(self, sheet_id: UUID, caller: Member | None) -> Sheet:
        """Return one sheet, unless the caller may not know that it exists."""
        sheet = await self._sheets.get(sheet_id)
        if sheet is None or not await self._sheets.may_read(sheet, caller):
            detail = "Sheet not found"
            raise NotFoundError(detail)
        return sheet

    async def create(self, data: SheetCreate, caller: Member) -> Sheet:
        """Create a sheet."""
        await self._check_board(data.board_id)
        return await self._insert(data, caller)

    async def bulk_create(self, data: SheetBulkCreate, caller: Member) -> Sequence[Sheet]:
        """Create several sheets, all or none."""
        known_boards = await self._known_boards([item.board_id for item in data.items])
        sheets: list[Sheet] = []
        for index, item in enumerate(data.items):
            with pointers_below(f"/items/{index}"):
                await self._check_board(item.board_id, known_boards)
                sheet = await self._insert(item, caller)
                sheets.append(sheet)
        return sheets

    async def _insert(self, data: SheetCreate, caller: Member) -> Sheet:
        sheet = Sheet(title=data.title, desk=data.desk, board_id=data.board_id)
        await self._sheets.create(sheet)
        if not await self._sheets.may_create(sheet, caller):
            detail = "You may not create this sheet"
            raise PermissionDeniedError(detail)
        return sheet

    async def update(self, sheet_id: UUID, data: SheetUpdate, caller: Member) -> Sheet:
        """Change a sheet."""
        sheet = await self.get(sheet_id, caller)
        await self._require_change(sheet, caller)
        require_writable(data, {"mark": _writes_mark(sheet, caller)})
        if data.title is not MISSING:
            sheet.title = data.title
        if data.desk is not MISSING:
            sheet.desk = data.desk
        if data.mark is not MISSING:
            sheet.mark = data.mark
        if data.board_id is not MISSING:
            await self._check_board(data.board_id)
            sheet.board_id = data.board_id
        await self._sheets.update(sheet)
        await self._require_change(sheet, caller)
        return sheet

    async def replace(self, sheet_id: UUID, data: SheetReplace, caller: Member) -> Sheet:
        """Replace a sheet."""
        sheet = await self.get(sheet_id, caller)
        await self._require_change(sheet, caller)
        require_writable(data, {"mark": _writes_mark(sheet, caller)})
        sheet.title = data.title
        sheet.desk = data.desk
        if data.mark is not MISSING:
            sheet.mark = data.mark
        await self._check_board(data.board_id)
        sheet.board_id = data.board_id
        await self._sheets.update(sheet)
        await self._require_change(sheet, caller)
        return sheet

    async def delete(self, sheet_id: UUID, caller: Member) -> None:
        """Delete a sheet."""
        sheet = await self.get(sheet_id, caller)
        if not await self._sheets.may_change(sheet, caller):
            detail = "You may not delete this sheet"
            raise PermissionDeniedError(detail)
        await self._sheets.delete(sheet)

    @staticmethod
    def represent(sheet: Sheet, caller: Member | None) -> SheetRead:
        """Show one sheet without what the caller may not read."""
        shown = SheetRead.model_validate(sheet)
        if not _reads_mark(sheet, caller):
            shown.mark = MISSING
        return shown

    async def _check_board(self, board_id: UUID, known: dict[UUID, Board] | None = None) -> None:
        if known is None:
            known = await self._known_boards([board_id])
        if board_id not in known:
            detail = "Board not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/board_id", "No such board", "reference")]
            )

    async def _known_boards(self, keys: Sequence[UUID]) -> dict[UUID, Board]:
        return {board.id: board for board in await self._boards.get_many(keys)}

    async def _require_change(self, sheet: Sheet, caller: Member) -> None:
        if not await self._sheets.may_change(sheet, caller):
            detail = "You may not change this sheet"
            raise PermissionDeniedError(detail)


def _reads_mark(sheet: Sheet, caller: Member | None) -> bool:
    if caller is None:
        return False
    return sheet.desk <= caller.desk


def _writes_mark(sheet: Sheet, caller: Member) -> bool:
    return sheet.desk < caller.desk and caller.role is not MemberRole.ADMIN
