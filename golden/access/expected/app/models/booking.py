"""Bookings."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.member import Member
    from app.models.room import Room
    from app.models.topic import Topic


class Booking(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A booking."""

    __tablename__ = "bookings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["room_house", "room_floor"], ["rooms.house", "rooms.floor"], ondelete="CASCADE"
        ),
        Index(None, "room_house", "room_floor"),
    )

    day: Mapped[date] = mapped_column()
    room_house: Mapped[str] = mapped_column(String(20))
    room_floor: Mapped[int] = mapped_column()
    topic_code: Mapped[str | None] = mapped_column(
        String(40), ForeignKey("topics.code", ondelete="RESTRICT"), index=True
    )
    guest_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)

    room: Mapped["Room"] = relationship(back_populates="bookings", lazy="raise")
    topic: Mapped["Topic | None"] = relationship(back_populates="bookings", lazy="raise")
    guest: Mapped["Member"] = relationship(back_populates="bookings", lazy="raise")
