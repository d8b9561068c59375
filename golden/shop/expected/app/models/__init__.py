"""ORM models. Importing this package registers every table."""

from app.models.base import Base
from app.models.cart import Cart
from app.models.cart_item import CartItem
from app.models.computed import add_computed_attributes
from app.models.customer import Customer
from app.models.idempotency_key import IdempotencyKey
from app.models.number_series import NumberSeries
from app.models.order import Order
from app.models.order_item import OrderItem
from app.models.outbox_event import OutboxEvent
from app.models.payment import Payment
from app.models.product import Product
from app.models.refresh_token import RefreshToken

__all__ = [
    "Base",
    "Cart",
    "CartItem",
    "Customer",
    "IdempotencyKey",
    "NumberSeries",
    "Order",
    "OrderItem",
    "OutboxEvent",
    "Payment",
    "Product",
    "RefreshToken",
]
add_computed_attributes()
