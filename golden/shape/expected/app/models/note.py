"""Notes."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class Note(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A note."""

    __tablename__ = "notes"

    text: Mapped[str] = mapped_column(String(200))
