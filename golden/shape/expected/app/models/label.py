"""Labels."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class Label(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A label."""

    __tablename__ = "labels"

    name: Mapped[str] = mapped_column(String(40), unique=True)
