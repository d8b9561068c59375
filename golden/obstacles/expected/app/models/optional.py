"""Optionals."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class OptionalEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An optional."""

    __tablename__ = "optionals"

    optional: Mapped[str | None] = mapped_column(String(255))
