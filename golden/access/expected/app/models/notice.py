"""Notices."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.member import Member


class Notice(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A notice."""

    __tablename__ = "notices"

    text: Mapped[str] = mapped_column(String(200))
    pinned: Mapped[bool] = mapped_column(default=False, server_default=false())
    author_id: Mapped[UUID] = mapped_column(
        ForeignKey("members.id", ondelete="CASCADE"), index=True
    )

    author: Mapped["Member"] = relationship(back_populates="notices", lazy="raise")
