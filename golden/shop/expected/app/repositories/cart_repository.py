"""Queries on carts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression

from app.models import Cart, Customer
from app.repositories.base import Repository
from app.schemas.cart import CartListQuery, CartSort

_ORDERS: dict[CartSort, UnaryExpression[Any]] = {
    CartSort.CREATED_AT: Cart.created_at.asc(),
    CartSort.CREATED_AT_DESC: Cart.created_at.desc(),
}


class CartRepository(Repository[Cart]):
    """Carts."""

    model = Cart

    async def get(self, cart_id: UUID) -> Cart | None:
        """Return the cart with this key, if there is one."""
        return await self.session.scalar(self.select().where(Cart.id == cart_id))

    async def list(self, query: CartListQuery, caller: Customer) -> tuple[Sequence[Cart], int]:
        """Return one page of the carts that the caller may see."""
        statement = self.select().where(_visible_to(caller)).order_by(_ORDERS[query.sort], Cart.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)


def _visible_to(caller: Customer) -> ColumnElement[bool]:
    return Cart.customer_id == caller.id
