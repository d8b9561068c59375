"""Repositories."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class RepositoryEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A repository."""

    __tablename__ = "repositories"

    repository: Mapped[str | None] = mapped_column(String(255))
