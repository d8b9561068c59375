"""Queries on cart items."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import CartItem
from app.repositories.base import Repository
from app.schemas.cart_item import CartItemListQuery, CartItemSort

_ORDERS: dict[CartItemSort, UnaryExpression[Any]] = {
    CartItemSort.CREATED_AT: CartItem.created_at.asc(),
    CartItemSort.CREATED_AT_DESC: CartItem.created_at.desc(),
}


class CartItemRepository(Repository[CartItem]):
    """Cart items."""

    model = CartItem

    async def get(self, cart_item_id: UUID) -> CartItem | None:
        """Return the cart item with this key, if there is one."""
        return await self.session.scalar(self.select().where(CartItem.id == cart_item_id))

    async def list(self, query: CartItemListQuery, cart_id: UUID) -> tuple[Sequence[CartItem], int]:
        """Return one page of the cart items."""
        statement = (
            self.select()
            .where(CartItem.cart_id == cart_id)
            .order_by(_ORDERS[query.sort], CartItem.id)
        )
        return await self.page(statement, limit=query.limit, offset=query.offset)
