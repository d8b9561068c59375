"""Queries on charges."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Charge
from app.repositories.base import Repository
from app.schemas.charge import ChargeListQuery, ChargeSort

_ORDERS: dict[ChargeSort, UnaryExpression[Any]] = {
    ChargeSort.CREATED_AT: Charge.created_at.asc(),
    ChargeSort.CREATED_AT_DESC: Charge.created_at.desc(),
}


class ChargeRepository(Repository[Charge]):
    """Charges."""

    model = Charge
    computed = ("due", "code")

    async def get(self, charge_id: UUID) -> Charge | None:
        """Return the charge with this key, if there is one."""
        return await self.session.scalar(self.select().where(Charge.id == charge_id))

    async def list(self, query: ChargeListQuery) -> tuple[Sequence[Charge], int]:
        """Return one page of the charges."""
        statement = self.select().order_by(_ORDERS[query.sort], Charge.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
