"""Sheets."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.board import Board
    from app.models.line import LineEntity


class Sheet(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A sheet."""

    __tablename__ = "sheets"
    __table_args__ = (
        CheckConstraint("desk >= 1 AND desk <= 400", name="desk_range"),
        CheckConstraint("mark >= 1 AND mark <= 6", name="mark_range"),
    )

    title: Mapped[str] = mapped_column(String(80))
    desk: Mapped[int] = mapped_column()
    mark: Mapped[int | None] = mapped_column()
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id", ondelete="CASCADE"), index=True)

    board: Mapped["Board"] = relationship(back_populates="sheets", lazy="raise")
    lines: Mapped[list["LineEntity"]] = relationship(
        back_populates="sheet",
        lazy="raise",
        order_by="LineEntity.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
