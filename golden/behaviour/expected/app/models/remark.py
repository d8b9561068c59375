"""Remarks."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.topic import Topic


class Remark(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A remark."""

    __tablename__ = "remarks"

    heading: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(String(200))
    topic_id: Mapped[UUID] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)

    topic: Mapped["Topic"] = relationship(back_populates="remarks", lazy="raise")
