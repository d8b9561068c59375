"""Flows: steps over several entities."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from app.core.errors import InvalidTransitionError, NotFoundError
from app.models import Customer, Order, OrderItem, Payment
from app.models.enums import CustomerRole, OrderStatus, PaymentStatus
from app.repositories.order_item_repository import OrderItemRepository
from app.repositories.order_repository import OrderRepository
from app.repositories.payment_repository import PaymentRepository
from app.repositories.product_repository import ProductRepository


class FlowMethods:
    """Flows: each is done as a whole, inside the transaction of the request, or not at all."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._session = session
        self._products = ProductRepository(session)
        self._orders = OrderRepository(session)
        self._order_items = OrderItemRepository(session)
        self._payments = PaymentRepository(session)

    async def pay(self, order_id: UUID, reference: str, caller: Customer) -> Payment:
        """Pay."""
        order = await self._orders.get(order_id)
        if order is None:
            detail = "Order not found"
            raise NotFoundError(detail)
        await self._orders.lock(order)
        if order.customer_id != caller.id:
            detail = "Order not found"
            raise NotFoundError(detail)
        payment = Payment(
            status=PaymentStatus.SUCCEEDED,
            amount=order.total,
            reference=reference,
            order_id=order.id,
        )
        await self._payments.create(payment)
        if order.status is not OrderStatus.OPEN:
            raise InvalidTransitionError(order.status, "pay")
        order.status = OrderStatus.PAID
        await self._orders.update(order)
        return payment

    async def cancel(self, order_id: UUID, caller: Customer) -> Order:
        """Cancel."""
        order = await self._orders.get(order_id)
        if order is None:
            detail = "Order not found"
            raise NotFoundError(detail)
        await self._orders.lock(order)
        if order.customer_id != caller.id and caller.role is not CustomerRole.ADMIN:
            detail = "Order not found"
            raise NotFoundError(detail)
        if order.status is not OrderStatus.OPEN:
            raise InvalidTransitionError(order.status, "cancel")
        order.status = OrderStatus.CANCELLED
        await self._orders.update(order)
        order_items = await self._order_items.matching(
            OrderItem.order_id == order.id, options=[selectinload(OrderItem.product)]
        )
        for item in sorted(order_items, key=lambda item: item.product.id):
            await self._products.lock(item.product)
            item.product.stock += item.quantity
            await self._products.update(item.product)
        return order
