"""Flows: steps over several entities."""

from decimal import Decimal
from http import HTTPStatus
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from app.core.clock import utcnow
from app.core.errors import InvalidTransitionError, NotFoundError, RequirementError
from app.models import CartItem, Customer, Order, OrderItem, Payment
from app.models.enums import CustomerRole, OrderStatus, PaymentStatus
from app.repositories.cart_item_repository import CartItemRepository
from app.repositories.cart_repository import CartRepository
from app.repositories.number_repository import NumberRepository
from app.repositories.order_item_repository import OrderItemRepository
from app.repositories.order_repository import OrderRepository
from app.repositories.outbox_repository import OutboxRepository
from app.repositories.payment_repository import PaymentRepository
from app.repositories.product_repository import ProductRepository
from app.schemas.flow_events import OrderPlaced
from app.services.shipping_cost_business_rules import shipping_cost


class FlowMethods:
    """Flows: each is done as a whole, inside the transaction of the request, or not at all."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._session = session
        self._products = ProductRepository(session)
        self._carts = CartRepository(session)
        self._cart_items = CartItemRepository(session)
        self._orders = OrderRepository(session)
        self._order_items = OrderItemRepository(session)
        self._payments = PaymentRepository(session)
        self._numbers = NumberRepository(session)
        self._outbox = OutboxRepository(session)

    async def checkout(self, cart_id: UUID, caller: Customer) -> Order:
        """Checkout."""
        cart = await self._carts.get(cart_id)
        if cart is None:
            detail = "Cart not found"
            raise NotFoundError(detail)
        await self._carts.lock(cart)
        if cart.customer_id != caller.id:
            detail = "Cart not found"
            raise NotFoundError(detail)
        if cart.checked_out_at is not None:
            detail = "This cart is checked out already."
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        cart_items = await self._cart_items.matching(
            CartItem.cart_id == cart.id, options=[selectinload(CartItem.product)]
        )
        if len(cart_items) <= 0:
            detail = "The cart is empty."
            raise RequirementError(detail, status=HTTPStatus.CONFLICT)
        for item in sorted(cart_items, key=lambda item: item.product.id):
            await self._products.lock(item.product)
            if item.product.stock < item.quantity:
                detail = f"{item.product.name} is out of stock."
                raise RequirementError(detail, status=HTTPStatus.CONFLICT)
            item.product.stock -= item.quantity
            await self._products.update(item.product)
        cart_items = await self._cart_items.matching(
            CartItem.cart_id == cart.id, options=[selectinload(CartItem.product)]
        )
        goods = sum((item.quantity * item.product.price for item in cart_items), Decimal(0))
        shipping = shipping_cost(
            weight_grams=sum(item.quantity * item.product.weight_grams for item in cart_items),
            goods=goods,
        )
        order = Order(
            number=await self._numbers.next("ORD-{:08d}"),
            total=goods + shipping,
            shipping_cost=shipping,
            customer_id=caller.id,
        )
        await self._orders.create(order)
        cart_items = await self._cart_items.matching(
            CartItem.cart_id == cart.id, options=[selectinload(CartItem.product)]
        )
        for item in cart_items:
            await self._order_items.create(
                OrderItem(
                    quantity=item.quantity,
                    unit_price=item.product.price,
                    order_id=order.id,
                    product_id=item.product_id,
                )
            )
        cart.checked_out_at = utcnow()
        await self._carts.update(cart)
        await self._outbox.add("order.placed", OrderPlaced(order_id=order.id, total=order.total))
        await self._session.refresh(order, ["item_count"])
        return order

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
        await self._session.refresh(order, ["item_count"])
        return order
