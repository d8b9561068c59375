"""Builders of stored rows with unique, valid values."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import TypedDict, TypeVar, Unpack

from sqlalchemy import event

from app.core.config import Settings
from app.core.database import Database
from app.core.security import create_access_token, hash_password
from app.models import Account, Base, Member, Order, OrderItem, Product, Transfer
from app.models.enums import MemberRole, OrderState, Reason

RowT = TypeVar("RowT", bound=Base)

PASSWORD = "correct horse ba"
_sequence = count(1)


class MemberValues(TypedDict, total=False):
    """What a test may say about one member."""

    email: str
    password: str
    role: MemberRole
    is_active: bool


class AccountValues(TypedDict, total=False):
    """What a test may say about one account."""

    name: str
    balance: Decimal
    closed_at: datetime | None
    owner: Member
    keeper: Member | None
    is_active: bool


class TransferValues(TypedDict, total=False):
    """What a test may say about one transfer."""

    amount: Decimal
    reason: Reason | None
    urgent: bool
    source: Account
    target: Account
    is_active: bool


class ProductValues(TypedDict, total=False):
    """What a test may say about one product."""

    name: str
    stock: int
    is_active: bool


class OrderValues(TypedDict, total=False):
    """What a test may say about one order."""

    note: str | None
    state: OrderState
    paid_at: datetime | None
    member: Member
    is_active: bool


class OrderItemValues(TypedDict, total=False):
    """What a test may say about one order item."""

    quantity: int
    order: Order
    product: Product
    is_active: bool


@dataclass(frozen=True)
class Factory:
    database: Database
    settings: Settings

    async def member(self, **values: Unpack[MemberValues]) -> Member:
        number = next(_sequence)
        password = values.pop("password", None)
        row = Member(
            **{
                "email": f"sample-{number}@example.com",
                "hashed_password": await hash_password(password) if password else "unusable",
                **values,
            }
        )
        return await self._save(row)

    async def account(self, **values: Unpack[AccountValues]) -> Account:
        owner = values.pop("owner", None) or await self.member()
        keeper = values.pop("keeper", None)
        row = Account(
            **{
                "name": "Name",
                "owner_id": owner.id,
                "keeper_id": keeper.id if keeper else None,
                **values,
            }
        )
        return await self._save(row)

    async def transfer(self, **values: Unpack[TransferValues]) -> Transfer:
        source = values.pop("source", None) or await self.account()
        target = values.pop("target", None) or await self.account()
        row = Transfer(
            **{"amount": Decimal("12.50"), "source_id": source.id, "target_id": target.id, **values}
        )
        return await self._save(row)

    async def product(self, **values: Unpack[ProductValues]) -> Product:
        row = Product(**{"name": "Name", **values})
        return await self._save(row)

    async def order(self, **values: Unpack[OrderValues]) -> Order:
        member = values.pop("member", None) or await self.member()
        row = Order(**{"member_id": member.id, **values})
        return await self._save(row)

    async def order_item(self, **values: Unpack[OrderItemValues]) -> OrderItem:
        order = values.pop("order", None) or await self.order()
        product = values.pop("product", None) or await self.product()
        row = OrderItem(**{"quantity": 1, "order_id": order.id, "product_id": product.id, **values})
        return await self._save(row)

    def auth(self, member: Member) -> dict[str, str]:
        return {"Authorization": f"Bearer {create_access_token(member.id, self.settings)}"}

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
