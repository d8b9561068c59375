"""Payments."""

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import ExactDecimal, string_enum
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import PaymentStatus

if TYPE_CHECKING:
    from app.models.order import Order


class Payment(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A payment."""

    __tablename__ = "payments"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount_range"),)

    status: Mapped[PaymentStatus] = mapped_column(
        string_enum(PaymentStatus, name="status", length=16),
        default=PaymentStatus.PENDING,
        server_default=PaymentStatus.PENDING.value,
    )
    amount: Mapped[Decimal] = mapped_column(ExactDecimal(12, 2))
    reference: Mapped[str | None] = mapped_column(String(64), unique=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="RESTRICT"), index=True)

    order: Mapped["Order"] = relationship(back_populates="payments", lazy="raise")
