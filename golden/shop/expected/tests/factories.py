"""Builders of stored rows with unique, valid values."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import TypedDict, TypeVar, Unpack

from pydantic import JsonValue
from sqlalchemy import event

from app.core.config import Settings
from app.core.database import Database
from app.core.security import create_access_token, hash_password
from app.models import Base, Cart, CartItem, Customer, Order, OrderItem, Payment, Product
from app.models.enums import CustomerRole, OrderStatus, PaymentStatus

RowT = TypeVar("RowT", bound=Base)

PASSWORD = "correct horse ba"
_sequence = count(1)


class CustomerValues(TypedDict, total=False):
    """What a test may say about one customer."""

    email: str
    name: str
    password: str
    role: CustomerRole
    is_active: bool


class ProductValues(TypedDict, total=False):
    """What a test may say about one product."""

    sku: str
    name: str
    price: Decimal
    stock: int
    weight_grams: int
    metadata_: JsonValue
    is_active: bool


class CartValues(TypedDict, total=False):
    """What a test may say about one cart."""

    checked_out_at: datetime | None
    customer: Customer
    is_active: bool


class CartItemValues(TypedDict, total=False):
    """What a test may say about one cart item."""

    quantity: int
    cart: Cart
    product: Product
    is_active: bool


class OrderValues(TypedDict, total=False):
    """What a test may say about one order."""

    number: str
    status: OrderStatus
    total: Decimal
    shipping_cost: Decimal
    placed_at: datetime
    customer: Customer
    is_active: bool


class OrderItemValues(TypedDict, total=False):
    """What a test may say about one order item."""

    quantity: int
    unit_price: Decimal
    order: Order
    product: Product
    is_active: bool


class PaymentValues(TypedDict, total=False):
    """What a test may say about one payment."""

    status: PaymentStatus
    amount: Decimal
    reference: str | None
    order: Order
    is_active: bool


@dataclass(frozen=True)
class Factory:
    database: Database
    settings: Settings

    async def customer(self, **values: Unpack[CustomerValues]) -> Customer:
        number = next(_sequence)
        password = values.pop("password", None)
        row = Customer(
            **{
                "email": f"sample-{number}@example.com",
                "name": "Name",
                "hashed_password": await hash_password(password) if password else "unusable",
                **values,
            }
        )
        return await self._save(row)

    async def product(self, **values: Unpack[ProductValues]) -> Product:
        number = next(_sequence)
        row = Product(
            **{
                "sku": f"AA{number}",
                "name": "Name",
                "price": Decimal("12.50"),
                "stock": 1,
                **values,
            }
        )
        return await self._save(row)

    async def cart(self, **values: Unpack[CartValues]) -> Cart:
        customer = values.pop("customer", None) or await self.customer()
        row = Cart(**{"customer_id": customer.id, **values})
        return await self._save(row)

    async def cart_item(self, **values: Unpack[CartItemValues]) -> CartItem:
        cart = values.pop("cart", None) or await self.cart()
        product = values.pop("product", None) or await self.product()
        row = CartItem(**{"quantity": 1, "cart_id": cart.id, "product_id": product.id, **values})
        return await self._save(row)

    async def order(self, **values: Unpack[OrderValues]) -> Order:
        number = next(_sequence)
        customer = values.pop("customer", None) or await self.customer()
        row = Order(
            **{
                "number": f"Number{number}",
                "total": Decimal("12.50"),
                "customer_id": customer.id,
                **values,
            }
        )
        return await self._save(row)

    async def order_item(self, **values: Unpack[OrderItemValues]) -> OrderItem:
        order = values.pop("order", None) or await self.order()
        product = values.pop("product", None) or await self.product()
        row = OrderItem(
            **{
                "quantity": 1,
                "unit_price": Decimal("12.50"),
                "order_id": order.id,
                "product_id": product.id,
                **values,
            }
        )
        return await self._save(row)

    async def payment(self, **values: Unpack[PaymentValues]) -> Payment:
        order = values.pop("order", None) or await self.order()
        row = Payment(**{"amount": Decimal("12.50"), "order_id": order.id, **values})
        return await self._save(row)

    def auth(self, customer: Customer) -> dict[str, str]:
        return {"Authorization": f"Bearer {create_access_token(customer.id, self.settings)}"}

    async def _save(self, row: RowT) -> RowT:
        async with self.database.session() as session:
            session.add(row)
        return row


@contextmanager
def counted_selects(database: Database) -> Generator[list[str]]:
    """Collect the SELECT statements that are sent inside."""
    statements: list[str] = []

    def record(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", record)
    yield statements
    event.remove(database.engine.sync_engine, "before_cursor_execute", record)
