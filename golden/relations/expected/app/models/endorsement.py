"""Endorsements."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.employee import Employee


class Endorsement(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An endorsement."""

    __tablename__ = "endorsements"
    __table_args__ = (UniqueConstraint("author_id", "subject_id"),)

    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[UUID] = mapped_column(
        ForeignKey("employees.id", ondelete="CASCADE"), index=True
    )
    subject_id: Mapped[UUID] = mapped_column(
        ForeignKey("employees.id", ondelete="CASCADE"), index=True
    )

    author: Mapped["Employee"] = relationship(
        foreign_keys=[author_id], back_populates="endorsements_given", lazy="raise"
    )
    subject: Mapped["Employee"] = relationship(
        foreign_keys=[subject_id], back_populates="endorsements_received", lazy="raise"
    )
