"""Indices."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.order_select import order_select

if TYPE_CHECKING:
    from app.models.order import Order


class IndexEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An index."""

    __tablename__ = "indices"
    __table_args__ = (CheckConstraint('"index" >= 0', name="index_range"),)

    index: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    where: Mapped[list["Order"]] = relationship(
        secondary=order_select,
        back_populates="select",
        lazy="raise",
        order_by="Order.id",
        passive_deletes=True,
    )
