"""Queries on remarks."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression, true
from sqlalchemy.orm import joinedload

from app.models import Account, Book, Remark, Shelf
from app.models.enums import AccountRole
from app.repositories.base import Repository
from app.schemas.remark import RemarkListQuery, RemarkSort

_ORDERS: dict[RemarkSort, UnaryExpression[Any]] = {
    RemarkSort.CREATED_AT: Remark.created_at.asc(),
    RemarkSort.CREATED_AT_DESC: Remark.created_at.desc(),
}


class RemarkRepository(Repository[Remark]):
    """Remarks."""

    model = Remark
    options = (joinedload(Remark.book, innerjoin=True).joinedload(Book.shelf, innerjoin=True),)

    async def get(self, remark_id: UUID) -> Remark | None:
        """Return the remark with this key, if there is one."""
        return await self.session.scalar(self.select().where(Remark.id == remark_id))

    async def list(
        self, query: RemarkListQuery, book_id: UUID, caller: Account
    ) -> tuple[Sequence[Remark], int]:
        """Return one page of the remarks that the caller may see."""
        statement = (
            self.select()
            .where(Remark.book_id == book_id, _visible_to(caller))
            .order_by(_ORDERS[query.sort], Remark.id)
        )
        if query.writer_id is not None:
            statement = statement.where(Remark.writer_id == query.writer_id)
        return await self.page(statement, limit=query.limit, offset=query.offset)


def _visible_to(caller: Account) -> ColumnElement[bool]:
    if caller.role is AccountRole.ADMIN:
        return true()
    return Remark.book.has(Book.shelf.has(Shelf.owner_id == caller.id))
