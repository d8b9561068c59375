"""Visits."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.label import Label


class Visit(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A visit."""

    __tablename__ = "visits"
    __table_args__ = (CheckConstraint("seconds >= 0 AND seconds <= 86400", name="seconds_range"),)

    page: Mapped[str] = mapped_column(String(200))
    seconds: Mapped[int] = mapped_column()
    label_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("labels.id", ondelete="SET NULL"), index=True
    )

    label: Mapped["Label | None"] = relationship(back_populates="visits", lazy="raise")
