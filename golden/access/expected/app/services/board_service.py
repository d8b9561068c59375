"""Boards."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import utcnow
from app.core.errors import (
    FieldError,
    InvalidTransitionError,
    NotFoundError,
    PermissionDeniedError,
    RuleViolationError,
)
from app.models import Board, Member
from app.models.enums import MemberRole, TaskState
from app.repositories.board_repository import BoardRepository
from app.repositories.member_repository import MemberRepository
from app.schemas.board import BoardCreate, BoardListQuery, BoardReplace, BoardUpdate


class BoardService:
    """Use cases of boards."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._boards = BoardRepository(session)
        self._members = MemberRepository(session)

    async def list(
        self, query: BoardListQuery, caller: Member | None
    ) -> tuple[Sequence[Board], int]:
        """List boards."""
        return await self._boards.list(query, caller)

    async def get(self, board_id: UUID, caller: Member | None) -> Board:
        """Return one board, unless the caller may not know that it exists."""
        board = await self._boards.get(board_id)
        if board is None or not await self._boards.may_read(board, caller):
            detail = "Board not found"
            raise NotFoundError(detail)
        return board

    async def create(self, data: BoardCreate, caller: Member) -> Board:
        """Create a board."""
        board = Board(
            title=data.title,
            open=data.open,
            owner_id=caller.id,
            guests=list(await self._find_guests(data.guest_ids)),
        )
        await self._boards.create(board)
        return board

    async def update(self, board_id: UUID, data: BoardUpdate, caller: Member) -> Board:
        """Change a board."""
        board = await self.get(board_id, caller)
        if not _may_change(board, caller):
            detail = "You may not change this board"
            raise PermissionDeniedError(detail)
        if data.title is not MISSING:
            board.title = data.title
        if data.open is not MISSING:
            board.open = data.open
        if data.guest_ids is not MISSING:
            board.guests = list(await self._find_guests(data.guest_ids))
            board.updated_at = utcnow()
        await self._boards.update(board)
        return board

    async def replace(self, board_id: UUID, data: BoardReplace, caller: Member) -> Board:
        """Replace a board."""
        board = await self.get(board_id, caller)
        if not _may_change(board, caller):
            detail = "You may not change this board"
            raise PermissionDeniedError(detail)
        board.title = data.title
        board.open = data.open
        board.guests = list(await self._find_guests(data.guest_ids))
        board.updated_at = utcnow()
        await self._boards.update(board)
        return board

    async def delete(self, board_id: UUID, caller: Member) -> None:
        """Delete a board."""
        board = await self.get(board_id, caller)
        if not _may_change(board, caller):
            detail = "You may not delete this board"
            raise PermissionDeniedError(detail)
        await self._boards.delete(board)

    async def start(self, board_id: UUID, caller: Member) -> Board:
        """Start a board."""
        board = await self.get(board_id, caller)
        await self._boards.lock(board)
        if not await self._boards.may_start(board, caller):
            detail = "You may not start this board"
            raise PermissionDeniedError(detail)
        if board.state is not TaskState.DRAFT:
            raise InvalidTransitionError(board.state, "start")
        board.state = TaskState.OPEN
        await self._boards.update(board)
        return board

    async def finish(self, board_id: UUID, caller: Member) -> Board:
        """Finish a board."""
        board = await self.get(board_id, caller)
        await self._boards.lock(board)
        if not await self._boards.may_finish(board, caller):
            detail = "You may not finish this board"
            raise PermissionDeniedError(detail)
        if board.state not in {TaskState.DRAFT, TaskState.OPEN}:
            raise InvalidTransitionError(board.state, "finish")
        board.state = TaskState.DONE
        await self._boards.update(board)
        return board

    async def _find_guests(self, guest_ids: Sequence[UUID]) -> Sequence[Member]:
        found = {member.id: member for member in await self._members.get_many(guest_ids)}
        errors = [
            FieldError(f"/guest_ids/{index}", "No such member", "reference")
            for index, key in enumerate(guest_ids)
            if key not in found
        ]
        if errors:
            detail = "Some members do not exist"
            raise RuleViolationError(detail, errors=errors)
        return sorted(found.values(), key=lambda member: member.id)


def _may_change(board: Board, caller: Member) -> bool:
    return caller.role is MemberRole.ADMIN or board.owner_id == caller.id
