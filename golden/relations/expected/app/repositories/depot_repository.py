"""Queries on depots."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import UnaryExpression
from sqlalchemy.orm.util import identity_key

from app.core.errors import ConflictError, FieldError
from app.models import Depot
from app.repositories.base import Repository
from app.schemas.depot import DepotListQuery, DepotSort

_ORDERS: dict[DepotSort, UnaryExpression[Any]] = {
    DepotSort.CREATED_AT: Depot.created_at.asc(),
    DepotSort.CREATED_AT_DESC: Depot.created_at.desc(),
}


class DepotRepository(Repository[Depot]):
    """Depots."""

    model = Depot

    async def get(self, depot_code: str, region_id: int) -> Depot | None:
        """Return the depot with this key, if there is one."""
        return await self.session.scalar(
            self.select().where(Depot.code == depot_code, Depot.region_id == region_id)
        )

    async def list(self, query: DepotListQuery, region_id: int) -> tuple[Sequence[Depot], int]:
        """Return one page of the depots."""
        statement = (
            self.select()
            .where(Depot.region_id == region_id)
            .order_by(_ORDERS[query.sort], Depot.code, Depot.region_id)
        )
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def create(self, entity: Depot) -> None:
        """Insert ``entity`` now, unless this transaction has seen a row with its key."""
        if identity_key(instance=entity) in self.session.identity_map:
            detail = "A resource with the same value already exists"
            raise ConflictError(
                detail,
                errors=[
                    FieldError("/code", "Already in use", "unique"),
                    FieldError("/region_id", "Already in use", "unique"),
                ],
            )
        await super().create(entity)
