"""Orders."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.clock import utcnow
from app.core.column_types import ExactDecimal, string_enum
from app.core.errors import Invariant
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import OrderStatus

if TYPE_CHECKING:
    from app.models.customer import Customer
    from app.models.order_item import OrderItem
    from app.models.payment import Payment


class Order(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An order."""

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint("total >= 0", name="total_range"),
        CheckConstraint("shipping_cost >= 0", name="shipping_cost_range"),
        CheckConstraint(
            "total >= shipping_cost",
            name="total_covers_shipping",
            info={"invariant": Invariant("total_covers_shipping", "Total covers shipping.")},
        ),
    )

    number: Mapped[str] = mapped_column(String(24), unique=True)
    status: Mapped[OrderStatus] = mapped_column(
        string_enum(OrderStatus, name="status", length=16),
        default=OrderStatus.OPEN,
        server_default=OrderStatus.OPEN.value,
    )
    total: Mapped[Decimal] = mapped_column(ExactDecimal(12, 2))
    shipping_cost: Mapped[Decimal] = mapped_column(
        ExactDecimal(12, 2), default=Decimal(0), server_default=text("0")
    )
    placed_at: Mapped[datetime] = mapped_column(default=utcnow, server_default=func.now())
    customer_id: Mapped[UUID] = mapped_column(
        ForeignKey("customers.id", ondelete="RESTRICT"), index=True
    )

    customer: Mapped["Customer"] = relationship(back_populates="orders", lazy="raise")
    items: Mapped[list["OrderItem"]] = relationship(
        back_populates="order",
        lazy="raise",
        order_by="OrderItem.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    payments: Mapped[list["Payment"]] = relationship(
        back_populates="order", lazy="raise", order_by="Payment.id", passive_deletes="all"
    )
    if TYPE_CHECKING:
        item_count: Mapped[int]

    @property
    def is_settled(self) -> bool:
        """Is settled."""
        return self.status in {OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.REFUNDED}
