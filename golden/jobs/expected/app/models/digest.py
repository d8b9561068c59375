"""Digests."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class Digest(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A digest."""

    __tablename__ = "digests"

    number: Mapped[str] = mapped_column(String(40))
    printed_at: Mapped[datetime] = mapped_column()
