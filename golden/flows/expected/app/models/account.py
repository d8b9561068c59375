"""Accounts."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import ExactDecimal
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.member import Member
    from app.models.transfer import Transfer


class Account(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An account."""

    __tablename__ = "accounts"
    __table_args__ = (CheckConstraint("balance >= 0", name="balance_range"),)

    name: Mapped[str] = mapped_column(String(80))
    balance: Mapped[Decimal] = mapped_column(ExactDecimal(12, 2), default=Decimal(100))
    closed_at: Mapped[datetime | None] = mapped_column()
    owner_id: Mapped[UUID] = mapped_column(
        ForeignKey("members.id", ondelete="RESTRICT"), index=True
    )
    keeper_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("members.id", ondelete="SET NULL"), index=True
    )

    owner: Mapped["Member"] = relationship(
        foreign_keys=[owner_id], back_populates="accounts", lazy="raise"
    )
    keeper: Mapped["Member | None"] = relationship(foreign_keys=[keeper_id], lazy="raise")
    sent: Mapped[list["Transfer"]] = relationship(
        foreign_keys="Transfer.source_id",
        back_populates="source",
        lazy="raise",
        order_by="Transfer.id",
        passive_deletes="all",
    )
    received: Mapped[list["Transfer"]] = relationship(
        foreign_keys="Transfer.target_id",
        back_populates="target",
        lazy="raise",
        order_by="Transfer.id",
        passive_deletes="all",
    )
