"""Queries on models."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Model
from app.repositories.base import Repository
from app.schemas.model import ModelListQuery, ModelSort

_ORDERS: dict[ModelSort, UnaryExpression[Any]] = {
    ModelSort.CREATED_AT: Model.created_at.asc(),
    ModelSort.CREATED_AT_DESC: Model.created_at.desc(),
}


class ModelRepository(Repository[Model]):
    """Models."""

    model = Model

    async def get(self, model_row_id: UUID) -> Model | None:
        """Return the model with this key, if there is one."""
        return await self.session.scalar(self.select().where(Model.id == model_row_id))

    async def list(self, query: ModelListQuery) -> tuple[Sequence[Model], int]:
        """Return one page of the models."""
        statement = self.select().order_by(_ORDERS[query.sort], Model.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
