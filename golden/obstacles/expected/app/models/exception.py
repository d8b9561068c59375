"""Exceptions."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class ExceptionEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An exception."""

    __tablename__ = "exceptions"

    exception: Mapped[str | None] = mapped_column(String(255))
