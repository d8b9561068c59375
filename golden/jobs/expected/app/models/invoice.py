"""Invoices."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import ExactDecimal, string_enum
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import State

if TYPE_CHECKING:
    from app.models.member import Member


class Invoice(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An invoice."""

    __tablename__ = "invoices"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount_range"),
        CheckConstraint("reminders >= 0", name="reminders_range"),
    )

    amount: Mapped[Decimal] = mapped_column(ExactDecimal(12, 2), default=Decimal(100))
    state: Mapped[State] = mapped_column(
        string_enum(State, name="state", length=16),
        default=State.OPEN,
        server_default=State.OPEN.value,
    )
    sent_at: Mapped[datetime | None] = mapped_column()
    note: Mapped[str | None] = mapped_column(String(200))
    reminders: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    owner_id: Mapped[UUID] = mapped_column(
        ForeignKey("members.id", ondelete="RESTRICT"), index=True
    )

    owner: Mapped["Member"] = relationship(back_populates="invoices", lazy="raise")
