"""Queries on boards."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression, and_, or_, true
from sqlalchemy.orm import selectinload

from app.models import Board, Member, Seat
from app.models.enums import MemberRole
from app.repositories.base import Repository
from app.schemas.board import BoardListQuery, BoardSort

_ORDERS: dict[BoardSort, UnaryExpression[Any]] = {
    BoardSort.CREATED_AT: Board.created_at.asc(),
    BoardSort.CREATED_AT_DESC: Board.created_at.desc(),
}


class BoardRepository(Repository[Board]):
    """Boards."""

    model = Board
    options = (selectinload(Board.guests),)

    async def get(self, board_id: UUID) -> Board | None:
        """Return the board with this key, if there is one."""
        return await self.session.scalar(self.select().where(Board.id == board_id))

    async def get_many(self, keys: Sequence[UUID]) -> Sequence[Board]:
        """Return the boards with these keys, as far as they exist."""
        statement = self.select().where(Board.id.in_(keys))
        return (await self.session.scalars(statement)).all()

    async def list(
        self, query: BoardListQuery, caller: Member | None
    ) -> tuple[Sequence[Board], int]:
        """Return one page of the boards that the caller may see."""
        statement = self.select().where(_visible_to(caller)).order_by(_ORDERS[query.sort], Board.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def may_read(self, board: Board, caller: Member | None) -> bool:
        """Ask the database whether the caller may read ``board``."""
        return await self.fulfils(board, _visible_to(caller))

    async def may_start(self, board: Board, caller: Member) -> bool:
        """Ask the database whether the caller may start ``board``."""
        return await self.fulfils(
            board,
            Board.seats.any(
                and_(
                    Seat.is_active == true(),
                    and_(Seat.member_id == caller.id, Seat.writes == true()),
                )
            ),
        )

    async def may_finish(self, board: Board, caller: Member) -> bool:
        """Ask the database whether the caller may finish ``board``."""
        if caller.role is MemberRole.ADMIN:
            return True
        return await self.fulfils(board, Board.guests.any(Member.id == caller.id))


def _visible_to(caller: Member | None) -> ColumnElement[bool]:
    if caller is None:
        return Board.open == true()
    return or_(
        Board.open == true(),
        Board.owner_id == caller.id,
        Board.seats.any(and_(Seat.is_active == true(), Seat.member_id == caller.id)),
        Board.guests.any(Member.id == caller.id),
    )
