"""Customers."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import string_enum
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import CustomerRole

if TYPE_CHECKING:
    from app.models.cart import Cart
    from app.models.order import Order


class Customer(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A customer."""

    __tablename__ = "customers"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    hashed_password: Mapped[str] = mapped_column(String(255))
    role: Mapped[CustomerRole] = mapped_column(
        string_enum(CustomerRole, name="role", length=16),
        default=CustomerRole.CUSTOMER,
        server_default=CustomerRole.CUSTOMER.value,
    )

    carts: Mapped[list["Cart"]] = relationship(
        back_populates="customer",
        lazy="raise",
        order_by="Cart.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    orders: Mapped[list["Order"]] = relationship(
        back_populates="customer", lazy="raise", order_by="Order.id", passive_deletes="all"
    )
