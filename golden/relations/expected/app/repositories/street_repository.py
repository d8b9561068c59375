"""Queries on streets."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Street, Town
from app.repositories.base import Repository
from app.schemas.street import StreetListQuery, StreetSort

_ORDERS: dict[StreetSort, UnaryExpression[Any]] = {
    StreetSort.CREATED_AT: Street.created_at.asc(),
    StreetSort.CREATED_AT_DESC: Street.created_at.desc(),
}


class StreetRepository(Repository[Street]):
    """Streets."""

    model = Street
    computed = ("country_code",)

    async def get(self, street_id: UUID) -> Street | None:
        """Return the street with this key, if there is one."""
        return await self.session.scalar(self.select().where(Street.id == street_id))

    async def list(self, query: StreetListQuery, town_id: UUID) -> tuple[Sequence[Street], int]:
        """Return one page of the streets."""
        statement = (
            self.select().where(Street.town_id == town_id).order_by(_ORDERS[query.sort], Street.id)
        )
        if query.town_name is not None:
            statement = statement.where(Street.town.has(Town.name == query.town_name))
        return await self.page(statement, limit=query.limit, offset=query.offset)
