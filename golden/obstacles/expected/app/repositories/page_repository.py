"""Queries on pages."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import PageEntity
from app.repositories.base import Repository
from app.schemas.page import PageListQuery, PageSort

_ORDERS: dict[PageSort, UnaryExpression[Any]] = {
    PageSort.CREATED_AT: PageEntity.created_at.asc(),
    PageSort.CREATED_AT_DESC: PageEntity.created_at.desc(),
}


class PageRepository(Repository[PageEntity]):
    """Pages."""

    model = PageEntity

    async def get(self, page_row_id: UUID) -> PageEntity | None:
        """Return the page with this key, if there is one."""
        return await self.session.scalar(self.select().where(PageEntity.id == page_row_id))

    async def list(self, query: PageListQuery) -> tuple[Sequence[PageEntity], int]:
        """Return one page of the pages."""
        statement = self.select().order_by(_ORDERS[query.sort], PageEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
