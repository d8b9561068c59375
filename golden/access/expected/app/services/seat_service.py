"""Seats."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, PermissionDeniedError, RuleViolationError
from app.models import Member, Seat
from app.models.enums import MemberRole
from app.repositories.board_repository import BoardRepository
from app.repositories.member_repository import MemberRepository
from app.repositories.seat_repository import SeatRepository
from app.schemas.seat import SeatCreate, SeatListQuery, SeatUpdate


class SeatService:
    """Use cases of seats."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._seats = SeatRepository(session)
        self._boards = BoardRepository(session)
        self._members = MemberRepository(session)

    async def list(self, query: SeatListQuery, caller: Member) -> tuple[Sequence[Seat], int]:
        """List seats."""
        return await self._seats.list(query, caller)

    async def get(self, seat_id: UUID, caller: Member) -> Seat:
        """Return one seat, unless the caller may not know that it exists."""
        seat = await self._seats.get(seat_id)
        if seat is None or not _may_access(seat, caller):
            detail = "Seat not found"
            raise NotFoundError(detail)
        return seat

    async def create(self, data: SeatCreate, caller: Member) -> Seat:
        """Create a seat."""
        await self._check_board(data.board_id)
        await self._check_member(data.member_id)
        seat = Seat(writes=data.writes, board_id=data.board_id, member_id=data.member_id)
        await self._seats.create(seat)
        await self._seats.get(seat.id)
        if not _may_access(seat, caller):
            detail = "You may not create this seat"
            raise PermissionDeniedError(detail)
        return seat

    async def update(self, seat_id: UUID, data: SeatUpdate, caller: Member) -> Seat:
        """Change a seat."""
        seat = await self.get(seat_id, caller)
        if data.writes is not MISSING:
            seat.writes = data.writes
        if data.board_id is not MISSING:
            await self._check_board(data.board_id)
            seat.board_id = data.board_id
        if data.member_id is not MISSING:
            await self._check_member(data.member_id)
            seat.member_id = data.member_id
        await self._seats.update(seat)
        self._seats.session.expire(seat, ["board"])
        await self._seats.get(seat.id)
        _require_access(seat, caller)
        return seat

    async def delete(self, seat_id: UUID, caller: Member) -> None:
        """Delete a seat."""
        seat = await self.get(seat_id, caller)
        seat.is_active = False
        await self._seats.update(seat)

    async def _check_board(self, board_id: UUID) -> None:
        if await self._boards.get(board_id) is None:
            detail = "Board not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/board_id", "No such board", "reference")]
            )

    async def _check_member(self, member_id: UUID) -> None:
        if await self._members.get(member_id) is None:
            detail = "Member not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/member_id", "No such member", "reference")]
            )


def _may_access(seat: Seat, caller: Member) -> bool:
    return caller.role is MemberRole.ADMIN or seat.board.owner_id == caller.id


def _require_access(seat: Seat, caller: Member) -> None:
    if not _may_access(seat, caller):
        detail = "You may not change this seat"
        raise PermissionDeniedError(detail)
