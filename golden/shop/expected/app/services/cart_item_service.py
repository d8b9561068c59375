"""Cart items."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import CartItem, Customer
from app.repositories.cart_item_repository import CartItemRepository
from app.repositories.product_repository import ProductRepository
from app.schemas.cart_item import CartItemCreate, CartItemListQuery, CartItemUpdate
from app.services.cart_service import CartService


class CartItemService:
    """Use cases of cart items."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._cart_items = CartItemRepository(session)
        self._products = ProductRepository(session)
        self._cart_service = CartService(session)

    async def list(
        self, cart_id: UUID, query: CartItemListQuery, caller: Customer
    ) -> tuple[Sequence[CartItem], int]:
        """List cart items."""
        cart = await self._cart_service.get(cart_id, caller)
        return await self._cart_items.list(query, cart.id)

    async def get(self, cart_id: UUID, cart_item_id: UUID, caller: Customer) -> CartItem:
        """Return one cart item, unless the caller may not know that it exists."""
        cart = await self._cart_service.get(cart_id, caller)
        cart_item = await self._cart_items.get(cart_item_id)
        if cart_item is None or cart_item.cart_id != cart.id:
            detail = "Cart item not found"
            raise NotFoundError(detail)
        return cart_item

    async def create(self, cart_id: UUID, data: CartItemCreate, caller: Customer) -> CartItem:
        """Create a cart item."""
        cart = await self._cart_service.get(cart_id, caller)
        await self._check_product(data.product_id)
        cart_item = CartItem(quantity=data.quantity, cart_id=cart.id, product_id=data.product_id)
        await self._cart_items.create(cart_item)
        return cart_item

    async def update(
        self, cart_id: UUID, cart_item_id: UUID, data: CartItemUpdate, caller: Customer
    ) -> CartItem:
        """Change a cart item."""
        cart_item = await self.get(cart_id, cart_item_id, caller)
        if data.quantity is not MISSING:
            cart_item.quantity = data.quantity
        await self._cart_items.update(cart_item)
        return cart_item

    async def delete(self, cart_id: UUID, cart_item_id: UUID, caller: Customer) -> None:
        """Delete a cart item."""
        cart_item = await self.get(cart_id, cart_item_id, caller)
        await self._cart_items.delete(cart_item)

    async def _check_product(self, product_id: UUID) -> None:
        if await self._products.get(product_id) is None:
            detail = "Product not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/product_id", "No such product", "reference")]
            )
