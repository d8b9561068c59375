"""Carts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Cart, Customer
from app.repositories.cart_repository import CartRepository
from app.schemas.cart import CartListQuery


class CartService:
    """Use cases of carts."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._carts = CartRepository(session)

    async def list(self, query: CartListQuery, caller: Customer) -> tuple[Sequence[Cart], int]:
        """List carts."""
        return await self._carts.list(query, caller)

    async def get(self, cart_id: UUID, caller: Customer) -> Cart:
        """Return one cart, unless the caller may not know that it exists."""
        cart = await self._carts.get(cart_id)
        if cart is None or not _may_read(cart, caller):
            detail = "Cart not found"
            raise NotFoundError(detail)
        return cart

    async def create(self, caller: Customer) -> Cart:
        """Create a cart."""
        cart = Cart(customer_id=caller.id)
        await self._carts.create(cart)
        return cart

    async def delete(self, cart_id: UUID, caller: Customer) -> None:
        """Delete a cart."""
        cart = await self.get(cart_id, caller)
        await self._carts.delete(cart)


def _may_read(cart: Cart, caller: Customer) -> bool:
    return cart.customer_id == caller.id
