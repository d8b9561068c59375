"""Visits."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class Visit(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A visit."""

    __tablename__ = "visits"
    __table_args__ = (CheckConstraint("seconds >= 0 AND seconds <= 86400", name="seconds_range"),)

    page: Mapped[str] = mapped_column(String(200))
    seconds: Mapped[int] = mapped_column()
