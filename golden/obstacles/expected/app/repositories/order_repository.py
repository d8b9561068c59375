"""Queries on orders."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression
from sqlalchemy.orm import selectinload

from app.models import Order
from app.repositories.base import Repository
from app.schemas.order import OrderListQuery, OrderSort

_ORDERS: dict[OrderSort, UnaryExpression[Any]] = {
    OrderSort.CREATED_AT: Order.created_at.asc(),
    OrderSort.CREATED_AT_DESC: Order.created_at.desc(),
}


class OrderRepository(Repository[Order]):
    """Orders."""

    model = Order
    options = (selectinload(Order.select),)

    async def get(self, order_id: UUID) -> Order | None:
        """Return the order with this key, if there is one."""
        return await self.session.scalar(self.select().where(Order.id == order_id))

    async def list(self, query: OrderListQuery) -> tuple[Sequence[Order], int]:
        """Return one page of the orders."""
        statement = self.select().order_by(_ORDERS[query.sort], Order.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
