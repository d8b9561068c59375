"""Dates."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class DateEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A date."""

    __tablename__ = "dates"

    date_: Mapped[date | None] = mapped_column("date")
