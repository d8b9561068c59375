"""Order items."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Customer, OrderItem
from app.repositories.order_item_repository import OrderItemRepository
from app.schemas.order_item import OrderItemListQuery
from app.services.order_service import OrderService


class OrderItemService:
    """Use cases of order items."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._order_items = OrderItemRepository(session)
        self._order_service = OrderService(session)

    async def list(
        self, order_id: UUID, query: OrderItemListQuery, caller: Customer
    ) -> tuple[Sequence[OrderItem], int]:
        """List order items."""
        order = await self._order_service.get(order_id, caller)
        return await self._order_items.list(query, order.id)
