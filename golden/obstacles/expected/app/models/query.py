"""Queries."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class QueryEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A query."""

    __tablename__ = "queries"

    query: Mapped[str | None] = mapped_column(String(255))
