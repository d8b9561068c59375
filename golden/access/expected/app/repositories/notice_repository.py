"""Queries on notices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression, and_, true

from app.models import Member, Notice
from app.models.enums import MemberRole
from app.repositories.base import Repository
from app.schemas.notice import NoticeListQuery, NoticeSort

_ORDERS: dict[NoticeSort, UnaryExpression[Any]] = {
    NoticeSort.CREATED_AT: Notice.created_at.asc(),
    NoticeSort.CREATED_AT_DESC: Notice.created_at.desc(),
}


class NoticeRepository(Repository[Notice]):
    """Notices."""

    model = Notice

    async def get(self, notice_id: UUID) -> Notice | None:
        """Return the notice with this key, if there is one."""
        return await self.session.scalar(self.select().where(Notice.id == notice_id))

    async def list(
        self, query: NoticeListQuery, caller: Member | None
    ) -> tuple[Sequence[Notice], int]:
        """Return one page of the notices that the caller may see."""
        statement = (
            self.select().where(_visible_to(caller)).order_by(_ORDERS[query.sort], Notice.id)
        )
        if query.is_active is not None:
            statement = statement.where(Notice.is_active == query.is_active)
        return await self.page(statement, limit=query.limit, offset=query.offset)


def _visible_to(caller: Member | None) -> ColumnElement[bool]:
    if caller is None:
        return and_(
            Notice.is_active == true(),
            Notice.created_at > datetime.fromisoformat("2020-01-01T00:00:00Z"),
        )
    if caller.role is MemberRole.ADMIN:
        return true()
    return and_(
        Notice.is_active == true(),
        Notice.created_at > datetime.fromisoformat("2020-01-01T00:00:00Z"),
    )
