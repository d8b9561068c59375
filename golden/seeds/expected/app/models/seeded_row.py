"""Seeds that were inserted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import utcnow
from app.models.base import Base


class SeededRow(Base):
    """A seed that this database was given, whatever became of the row."""

    __tablename__ = "seeded_rows"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    """Its table and what it is known by."""
    seeded_at: Mapped[datetime] = mapped_column(default=utcnow)
