"""Seats."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.board import Board
    from app.models.member import Member


class Seat(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A seat."""

    __tablename__ = "seats"

    writes: Mapped[bool] = mapped_column(default=False, server_default=false())
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[UUID] = mapped_column(
        ForeignKey("members.id", ondelete="CASCADE"), index=True
    )

    board: Mapped["Board"] = relationship(back_populates="seats", lazy="raise")
    member: Mapped["Member"] = relationship(back_populates="seats", lazy="raise")
