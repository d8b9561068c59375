"""Queries on sheets."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression, and_, or_, true

from app.models import Board, Member, Seat, Sheet
from app.repositories.base import Repository
from app.schemas.sheet import SheetListQuery, SheetSort

_ORDERS: dict[SheetSort, UnaryExpression[Any]] = {
    SheetSort.CREATED_AT: Sheet.created_at.asc(),
    SheetSort.CREATED_AT_DESC: Sheet.created_at.desc(),
}


class SheetRepository(Repository[Sheet]):
    """Sheets."""

    model = Sheet

    async def get(self, sheet_id: UUID) -> Sheet | None:
        """Return the sheet with this key, if there is one."""
        return await self.session.scalar(self.select().where(Sheet.id == sheet_id))

    async def list(
        self, query: SheetListQuery, caller: Member | None
    ) -> tuple[Sequence[Sheet], int]:
        """Return one page of the sheets that the caller may see."""
        statement = self.select().where(_visible_to(caller)).order_by(_ORDERS[query.sort], Sheet.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def may_read(self, sheet: Sheet, caller: Member | None) -> bool:
        """Ask the database whether the caller may read ``sheet``."""
        return await self.fulfils(sheet, _visible_to(caller))

    async def may_create(self, sheet: Sheet, caller: Member) -> bool:
        """Ask the database whether the caller may create ``sheet``."""
        return await self.fulfils(
            sheet,
            Sheet.board.has(
                Board.seats.any(
                    and_(
                        Seat.is_active == true(),
                        and_(Seat.member_id == caller.id, Seat.writes == true()),
                    )
                )
            ),
        )

    async def may_change(self, sheet: Sheet, caller: Member) -> bool:
        """Ask the database whether the caller may change ``sheet``."""
        return await self.fulfils(
            sheet,
            and_(
                Sheet.board.has(
                    Board.seats.any(
                        and_(
                            and_(Seat.is_active == true(), Seat.writes == true()),
                            Seat.member_id == caller.id,
                        )
                    )
                ),
                Sheet.desk <= caller.desk,
            ),
        )


def _visible_to(caller: Member | None) -> ColumnElement[bool]:
    if caller is None:
        return Sheet.board.has(Board.open == true())
    return or_(
        Sheet.board.has(Board.open == true()),
        Sheet.board.has(
            Board.seats.any(and_(Seat.is_active == true(), Seat.member_id == caller.id))
        ),
    )
