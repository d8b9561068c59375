"""Groups."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.order import Order


class Group(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A group."""

    __tablename__ = "groups"

    group: Mapped[str] = mapped_column(String(40))

    orders: Mapped[list["Order"]] = relationship(
        back_populates="group", lazy="raise", order_by="Order.id", passive_deletes=True
    )
