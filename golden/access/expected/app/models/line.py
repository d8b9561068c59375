"""Lines."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.sheet import Sheet


class LineEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A line."""

    __tablename__ = "lines"

    text: Mapped[str] = mapped_column(String(200))
    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("sheets.id", ondelete="CASCADE"), index=True)

    sheet: Mapped["Sheet"] = relationship(back_populates="lines", lazy="raise")
