"""Carts."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.cart_item import CartItem
    from app.models.customer import Customer


class Cart(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A cart."""

    __tablename__ = "carts"

    checked_out_at: Mapped[datetime | None] = mapped_column()
    customer_id: Mapped[UUID] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), index=True
    )

    customer: Mapped["Customer"] = relationship(back_populates="carts", lazy="raise")
    items: Mapped[list["CartItem"]] = relationship(
        back_populates="cart",
        lazy="raise",
        order_by="CartItem.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
