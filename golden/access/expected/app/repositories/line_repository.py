"""Queries on lines."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression, and_, func, select, true

from app.models import Board, LineEntity, Member, Seat, Sheet
from app.models.enums import MemberRole
from app.repositories.base import Repository
from app.schemas.line import LineListQuery, LineSort

_BOUND_9 = 9
_ORDERS: dict[LineSort, UnaryExpression[Any]] = {
    LineSort.CREATED_AT: LineEntity.created_at.asc(),
    LineSort.CREATED_AT_DESC: LineEntity.created_at.desc(),
}


class LineRepository(Repository[LineEntity]):
    """Lines."""

    model = LineEntity

    async def get(self, line_id: UUID) -> LineEntity | None:
        """Return the line with this key, if there is one."""
        return await self.session.scalar(self.select().where(LineEntity.id == line_id))

    async def list(self, query: LineListQuery, sheet_id: UUID) -> tuple[Sequence[LineEntity], int]:
        """Return one page of the lines."""
        statement = (
            self.select()
            .where(LineEntity.sheet_id == sheet_id)
            .order_by(_ORDERS[query.sort], LineEntity.id)
        )
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def may_write(self, line: LineEntity, caller: Member) -> bool:
        """Ask the database whether the caller may write ``line``."""
        if caller.role is MemberRole.ADMIN:
            return True
        return await self.fulfils(
            line,
            and_(
                select(func.count())
                .where(
                    Seat.board_id
                    == select(Sheet.board_id)
                    .where(Sheet.id == LineEntity.sheet_id)
                    .correlate_except(Sheet)
                    .scalar_subquery(),
                    Seat.is_active == true(),
                )
                .correlate_except(Seat)
                .scalar_subquery()
                < _BOUND_9,
                LineEntity.sheet.has(
                    Sheet.board.has(
                        Board.seats.any(and_(Seat.is_active == true(), Seat.member_id == caller.id))
                    )
                ),
            ),
        )
