"""Services."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class Service(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A service."""

    __tablename__ = "services"

    service: Mapped[str | None] = mapped_column(String(255))
