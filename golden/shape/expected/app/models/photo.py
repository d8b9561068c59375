"""Photos."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class Photo(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A photo."""

    __tablename__ = "photos"

    title: Mapped[str] = mapped_column(String(80))
