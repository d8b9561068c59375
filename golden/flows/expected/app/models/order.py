"""Orders."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import string_enum
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import OrderState

if TYPE_CHECKING:
    from app.models.member import Member
    from app.models.order_item import OrderItem


class Order(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An order."""

    __tablename__ = "orders"

    note: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[OrderState] = mapped_column(
        string_enum(OrderState, name="state", length=16),
        default=OrderState.OPEN,
        server_default=OrderState.OPEN.value,
    )
    paid_at: Mapped[datetime | None] = mapped_column()
    member_id: Mapped[UUID] = mapped_column(
        ForeignKey("members.id", ondelete="RESTRICT"), index=True
    )

    member: Mapped["Member"] = relationship(back_populates="orders", lazy="raise")
    items: Mapped[list["OrderItem"]] = relationship(
        back_populates="order",
        lazy="raise",
        order_by="OrderItem.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
