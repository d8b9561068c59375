"""Tests."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class Test(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A test."""

    __tablename__ = "tests"

    test: Mapped[str | None] = mapped_column(String(255))
