"""Internals."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class Internal(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An internal."""

    __tablename__ = "internals"

    text: Mapped[str] = mapped_column(Text)
