"""Transfers."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.employee import Employee
    from app.models.office import Office


class Transfer(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A transfer."""

    __tablename__ = "transfers"

    reason: Mapped[str | None] = mapped_column(Text)
    planned_on: Mapped[date | None] = mapped_column()
    origin_id: Mapped[UUID] = mapped_column(
        ForeignKey("offices.id", ondelete="RESTRICT"), index=True
    )
    destination_id: Mapped[UUID] = mapped_column(
        ForeignKey("offices.id", ondelete="RESTRICT"), index=True
    )
    employee_id: Mapped[UUID] = mapped_column(
        ForeignKey("employees.id", ondelete="CASCADE"), index=True
    )

    origin: Mapped["Office"] = relationship(
        foreign_keys=[origin_id], back_populates="departures", lazy="raise"
    )
    destination: Mapped["Office"] = relationship(
        foreign_keys=[destination_id], back_populates="arrivals", lazy="raise"
    )
    employee: Mapped["Employee"] = relationship(lazy="raise")
