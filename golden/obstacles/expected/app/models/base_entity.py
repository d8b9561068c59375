"""Bases."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class BaseEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A base."""

    __tablename__ = "bases"

    base: Mapped[str | None] = mapped_column(String(255))
