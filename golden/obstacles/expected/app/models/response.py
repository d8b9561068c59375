"""Responses."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class ResponseEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A response."""

    __tablename__ = "responses"

    response: Mapped[str | None] = mapped_column(String(255))
