"""ORM models. Importing this package registers every table."""

from app.models.account import Account
from app.models.base import Base
from app.models.idempotency_key import IdempotencyKey
from app.models.member import Member
from app.models.order import Order
from app.models.order_item import OrderItem
from app.models.order_state_change import OrderStateChange
from app.models.outbox_event import OutboxEvent
from app.models.product import Product
from app.models.refresh_token import RefreshToken
from app.models.transfer import Transfer

__all__ = [
    "Account",
    "Base",
    "IdempotencyKey",
    "Member",
    "Order",
    "OrderItem",
    "OrderStateChange",
    "OutboxEvent",
    "Product",
    "RefreshToken",
    "Transfer",
]
