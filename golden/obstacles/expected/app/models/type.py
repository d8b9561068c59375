"""Types."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class Type(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A type."""

    __tablename__ = "types"

    type_: Mapped[str | None] = mapped_column("type", String(255))
