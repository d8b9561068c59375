"""Queries on labels."""

from collections.abc import Sequence
from typing import Any

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

    async def get(self, label_id: int) -> Label | None:
        """Return the label with this key, if there is one."""
        return await self.session.scalar(self.select().where(Label.id == label_id))

    async def get_many(self, keys: Sequence[int]) -> Sequence[Label]:
        """Return the labels with these keys, as far as they exist."""
        statement = self.select().where(Label.id.in_(keys))
        return (await self.session.scalars(statement)).all()

    async def list(self, query: LabelListQuery) -> tuple[Sequence[Label], int]:
        """Return one page of the labels."""
        statement = self.select().order_by(_ORDERS[query.sort], Label.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
