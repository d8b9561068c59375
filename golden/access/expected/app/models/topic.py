"""Topics."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin
from app.models.task_topics import task_topics

if TYPE_CHECKING:
    from app.models.booking import Booking
    from app.models.task import Task


class Topic(ActiveMixin, TimestampMixin, Base):
    """A topic."""

    __tablename__ = "topics"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    label: Mapped[str] = mapped_column(String(80))
    parent_code: Mapped[str | None] = mapped_column(
        String(40), ForeignKey("topics.code", ondelete="SET NULL"), index=True
    )

    parent: Mapped["Topic | None"] = relationship(
        back_populates="children", lazy="raise", remote_side="Topic.code"
    )
    tasks: Mapped[list["Task"]] = relationship(
        secondary=task_topics,
        back_populates="topics",
        lazy="raise",
        order_by="Task.id",
        passive_deletes=True,
    )
    children: Mapped[list["Topic"]] = relationship(
        back_populates="parent", lazy="raise", order_by="Topic.code", passive_deletes=True
    )
    bookings: Mapped[list["Booking"]] = relationship(
        back_populates="topic", lazy="raise", order_by="Booking.id", passive_deletes="all"
    )
