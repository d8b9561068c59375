"""Queries on orders."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression

from app.models import Member, Order
from app.repositories.base import Repository
from app.schemas.order import OrderListQuery, OrderSort

_ORDERS: dict[OrderSort, UnaryExpression[Any]] = {
    OrderSort.CREATED_AT: Order.created_at.asc(),
    OrderSort.CREATED_AT_DESC: Order.created_at.desc(),
}


class OrderRepository(Repository[Order]):
    """Orders."""

    model = Order

    async def get(self, order_id: UUID) -> Order | None:
        """Return the order with this key, if there is one."""
        return await self.session.scalar(self.select().where(Order.id == order_id))

    async def list(self, query: OrderListQuery, caller: Member) -> tuple[Sequence[Order], int]:
        """Return one page of the orders that the caller may see."""
        statement = self.select().where(_visible_to(caller)).order_by(_ORDERS[query.sort], Order.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)


def _visible_to(caller: Member) -> ColumnElement[bool]:
    return Order.member_id == caller.id
