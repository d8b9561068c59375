"""Badges."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.employee import Employee


class Badge(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A badge."""

    __tablename__ = "badges"

    code: Mapped[str] = mapped_column(String(12), unique=True)
    holder_id: Mapped[UUID] = mapped_column(
        ForeignKey("employees.id", ondelete="CASCADE"), unique=True
    )
    replaces_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("badges.id", ondelete="SET NULL"), unique=True
    )

    holder: Mapped["Employee"] = relationship(back_populates="badge", lazy="raise")
    replaces: Mapped["Badge | None"] = relationship(
        back_populates="replaced_by", lazy="raise", remote_side="Badge.id"
    )
    replaced_by: Mapped["Badge | None"] = relationship(
        back_populates="replaces", lazy="raise", passive_deletes=True
    )
