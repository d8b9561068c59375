"""Openings."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.errors import Invariant
from app.models.base import ActiveMixin, Base, TimestampMixin

if TYPE_CHECKING:
    from app.models.office import Office
    from app.models.topic import Topic


class Opening(ActiveMixin, TimestampMixin, Base):
    """An opening."""

    __tablename__ = "openings"
    __table_args__ = (
        CheckConstraint("from_hour >= 0 AND from_hour <= 23", name="from_hour_range"),
        CheckConstraint("to_hour >= 1 AND to_hour <= 24", name="to_hour_range"),
        CheckConstraint(
            "from_hour < to_hour",
            name="opens_before_it_closes",
            info={"invariant": Invariant("opens_before_it_closes", "Opens before it closes.")},
        ),
    )

    office_id: Mapped[UUID] = mapped_column(
        ForeignKey("offices.id", ondelete="CASCADE"), primary_key=True
    )
    topic_id: Mapped[UUID] = mapped_column(
        ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    note: Mapped[str | None] = mapped_column(String(80))
    from_hour: Mapped[int] = mapped_column()
    to_hour: Mapped[int] = mapped_column()

    office: Mapped["Office"] = relationship(back_populates="openings", lazy="raise")
    topic: Mapped["Topic"] = relationship(lazy="raise")
