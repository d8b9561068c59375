"""Queries on labels."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Label
from app.repositories.base import Repository
from app.schemas.label import LabelListQuery, LabelSort

_ORDERS: dict[LabelSort, UnaryExpression[Any]] = {
    LabelSort.CREATED_AT: Label.created_at.asc(),
    LabelSort.CREATED_AT_DESC: Label.created_at.desc(),
}


class LabelRepository(Repository[Label]):
    """Labels."""

    model = Label

    async def get(self, label_id: UUID) -> Label | None:
        """Return the label with this key, if there is one."""
        return await self.session.scalar(self.select().where(Label.id == label_id))

    async def list(self, query: LabelListQuery) -> Sequence[Label]:
        """Return one page of the labels."""
        statement = self.select().order_by(_ORDERS[query.sort], Label.id)
        return await self.rows(statement, limit=query.limit, offset=query.offset)
