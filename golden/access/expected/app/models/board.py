"""Boards."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import string_enum
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.board_guests import board_guests
from app.models.enums import TaskState

if TYPE_CHECKING:
    from app.models.member import Member
    from app.models.seat import Seat
    from app.models.sheet import Sheet


class Board(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A board."""

    __tablename__ = "boards"

    title: Mapped[str] = mapped_column(String(80))
    open: Mapped[bool] = mapped_column(default=False, server_default=false())
    state: Mapped[TaskState] = mapped_column(
        string_enum(TaskState, name="state", length=16),
        default=TaskState.DRAFT,
        server_default=TaskState.DRAFT.value,
    )
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)

    owner: Mapped["Member"] = relationship(back_populates="boards", lazy="raise")
    guests: Mapped[list["Member"]] = relationship(
        secondary=board_guests,
        back_populates="visits",
        lazy="raise",
        order_by="Member.id",
        passive_deletes=True,
    )
    seats: Mapped[list["Seat"]] = relationship(
        back_populates="board",
        lazy="raise",
        order_by="Seat.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    sheets: Mapped[list["Sheet"]] = relationship(
        back_populates="board",
        lazy="raise",
        order_by="Sheet.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @property
    def guest_ids(self) -> list[UUID]:
        """Return the keys of its members, in order."""
        return sorted(member.id for member in self.guests)
