"""Order items."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Member, OrderItem
from app.repositories.order_item_repository import OrderItemRepository
from app.repositories.product_repository import ProductRepository
from app.schemas.order_item import OrderItemCreate, OrderItemListQuery, OrderItemUpdate
from app.services.order_service import OrderService


class OrderItemService:
    """Use cases of order items."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._order_items = OrderItemRepository(session)
        self._products = ProductRepository(session)
        self._order_service = OrderService(session)

    async def list(
        self, order_id: UUID, query: OrderItemListQuery, caller: Member
    ) -> tuple[Sequence[OrderItem], int]:
        """List order items."""
        order = await self._order_service.get(order_id, caller)
        return await self._order_items.list(query, order.id)

    async def get(self, order_id: UUID, order_item_id: UUID, caller: Member) -> OrderItem:
        """Return one order item, unless the caller may not know that it exists."""
        order = await self._order_service.get(order_id, caller)
        order_item = await self._order_items.get(order_item_id)
        if order_item is None or order_item.order_id != order.id:
            detail = "Order item not found"
            raise NotFoundError(detail)
        return order_item

    async def create(self, order_id: UUID, data: OrderItemCreate, caller: Member) -> OrderItem:
        """Create an order item."""
        order = await self._order_service.get(order_id, caller)
        await self._check_product(data.product_id)
        order_item = OrderItem(
            quantity=data.quantity, order_id=order.id, product_id=data.product_id
        )
        await self._order_items.create(order_item)
        return order_item

    async def update(
        self, order_id: UUID, order_item_id: UUID, data: OrderItemUpdate, caller: Member
    ) -> OrderItem:
        """Change an order item."""
        order_item = await self.get(order_id, order_item_id, caller)
        if data.quantity is not MISSING:
            order_item.quantity = data.quantity
        await self._order_items.update(order_item)
        return order_item

    async def delete(self, order_id: UUID, order_item_id: UUID, caller: Member) -> None:
        """Delete an order item."""
        order_item = await self.get(order_id, order_item_id, caller)
        await self._order_items.delete(order_item)

    async def _check_product(self, product_id: UUID) -> None:
        if await self._products.get(product_id) is None:
            detail = "Product not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/product_id", "No such product", "reference")]
            )
