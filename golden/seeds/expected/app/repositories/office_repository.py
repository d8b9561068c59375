"""Queries on offices."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Office
from app.repositories.base import Repository
from app.schemas.office import OfficeListQuery, OfficeSort

_ORDERS: dict[OfficeSort, UnaryExpression[Any]] = {
    OfficeSort.CREATED_AT: Office.created_at.asc(),
    OfficeSort.CREATED_AT_DESC: Office.created_at.desc(),
}


class OfficeRepository(Repository[Office]):
    """Offices."""

    model = Office

    async def get(self, office_id: UUID) -> Office | None:
        """Return the office with this key, if there is one."""
        return await self.session.scalar(self.select().where(Office.id == office_id))

    async def list(self, query: OfficeListQuery) -> tuple[Sequence[Office], int]:
        """Return one page of the offices."""
        statement = self.select().order_by(_ORDERS[query.sort], Office.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
