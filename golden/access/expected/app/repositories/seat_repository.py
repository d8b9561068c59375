"""Queries on seats."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, UnaryExpression, true
from sqlalchemy.orm import joinedload

from app.models import Board, Member, Seat
from app.models.enums import MemberRole
from app.repositories.base import Repository
from app.schemas.seat import SeatListQuery, SeatSort

_ORDERS: dict[SeatSort, UnaryExpression[Any]] = {
    SeatSort.CREATED_AT: Seat.created_at.asc(),
    SeatSort.CREATED_AT_DESC: Seat.created_at.desc(),
}


class SeatRepository(Repository[Seat]):
    """Seats."""

    model = Seat
    options = (joinedload(Seat.board, innerjoin=True),)

    def select(self) -> Select[Seat]:
        """Return the base statement; deleted seats are out of sight."""
        return super().select().where(Seat.is_active == true())

    async def get(self, seat_id: UUID) -> Seat | None:
        """Return the seat with this key, if there is one."""
        return await self.session.scalar(self.select().where(Seat.id == seat_id))

    async def list(self, query: SeatListQuery, caller: Member) -> tuple[Sequence[Seat], int]:
        """Return one page of the seats that the caller may see."""
        statement = self.select().where(_visible_to(caller)).order_by(_ORDERS[query.sort], Seat.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)


def _visible_to(caller: Member) -> ColumnElement[bool]:
    if caller.role is MemberRole.ADMIN:
        return true()
    return Seat.board.has(Board.owner_id == caller.id)
