"""Queries on order items."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import OrderItem
from app.repositories.base import Repository
from app.schemas.order_item import OrderItemListQuery, OrderItemSort

_ORDERS: dict[OrderItemSort, UnaryExpression[Any]] = {
    OrderItemSort.CREATED_AT: OrderItem.created_at.asc(),
    OrderItemSort.CREATED_AT_DESC: OrderItem.created_at.desc(),
}


class OrderItemRepository(Repository[OrderItem]):
    """Order items."""

    model = OrderItem

    async def get(self, order_item_id: UUID) -> OrderItem | None:
        """Return the order item with this key, if there is one."""
        return await self.session.scalar(self.select().where(OrderItem.id == order_item_id))

    async def list(
        self, query: OrderItemListQuery, order_id: UUID
    ) -> tuple[Sequence[OrderItem], int]:
        """Return one page of the order items."""
        statement = (
            self.select()
            .where(OrderItem.order_id == order_id)
            .order_by(_ORDERS[query.sort], OrderItem.id)
        )
        return await self.page(statement, limit=query.limit, offset=query.offset)
