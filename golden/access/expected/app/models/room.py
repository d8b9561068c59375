"""Rooms."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin

if TYPE_CHECKING:
    from app.models.booking import Booking


class Room(ActiveMixin, TimestampMixin, Base):
    """A room."""

    __tablename__ = "rooms"
    __table_args__ = (CheckConstraint("floor >= -5 AND floor <= 200", name="floor_range"),)

    house: Mapped[str] = mapped_column(String(20), primary_key=True)
    floor: Mapped[int] = mapped_column(primary_key=True)

    bookings: Mapped[list["Booking"]] = relationship(
        back_populates="room",
        lazy="raise",
        order_by="Booking.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
