"""Transfers."""

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import ExactDecimal, string_enum
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import Reason

if TYPE_CHECKING:
    from app.models.account import Account


class Transfer(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A transfer."""

    __tablename__ = "transfers"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount_range"),)

    amount: Mapped[Decimal] = mapped_column(ExactDecimal(12, 2))
    reason: Mapped[Reason | None] = mapped_column(string_enum(Reason, name="reason", length=16))
    urgent: Mapped[bool] = mapped_column(default=False, server_default=false())
    source_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="RESTRICT"), index=True
    )
    target_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="RESTRICT"), index=True
    )

    source: Mapped["Account"] = relationship(
        foreign_keys=[source_id], back_populates="sent", lazy="raise"
    )
    target: Mapped["Account"] = relationship(
        foreign_keys=[target_id], back_populates="received", lazy="raise"
    )
