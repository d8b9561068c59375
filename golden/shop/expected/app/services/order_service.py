"""Orders."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import InvalidTransitionError, NotFoundError
from app.models import Customer, Order
from app.models.enums import CustomerRole, OrderStatus
from app.repositories.order_repository import OrderRepository
from app.schemas.order import OrderListQuery


class OrderService:
    """Use cases of orders."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._orders = OrderRepository(session)

    async def list(self, query: OrderListQuery, caller: Customer) -> tuple[Sequence[Order], int]:
        """List orders."""
        return await self._orders.list(query, caller)

    async def get(self, order_id: UUID, caller: Customer) -> Order:
        """Return one order, unless the caller may not know that it exists."""
        order = await self._orders.get(order_id)
        if order is None or not _may_read(order, caller):
            detail = "Order not found"
            raise NotFoundError(detail)
        return order

    async def ship(self, order_id: UUID, caller: Customer) -> Order:
        """Ship an order."""
        order = await self.get(order_id, caller)
        await self._orders.lock(order)
        if order.status is not OrderStatus.PAID:
            raise InvalidTransitionError(order.status, "ship")
        order.status = OrderStatus.SHIPPED
        await self._orders.update(order)
        return order

    async def refund(self, order_id: UUID, caller: Customer) -> Order:
        """Refund an order."""
        order = await self.get(order_id, caller)
        await self._orders.lock(order)
        if order.status not in {OrderStatus.PAID, OrderStatus.SHIPPED}:
            raise InvalidTransitionError(order.status, "refund")
        order.status = OrderStatus.REFUNDED
        await self._orders.update(order)
        return order


def _may_read(order: Order, caller: Customer) -> bool:
    return caller.role in {CustomerRole.CLERK, CustomerRole.ADMIN} or order.customer_id == caller.id
