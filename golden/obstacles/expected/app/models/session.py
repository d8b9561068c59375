"""Sessions."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class SessionEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A session."""

    __tablename__ = "sessions"

    session: Mapped[str | None] = mapped_column(String(255))
