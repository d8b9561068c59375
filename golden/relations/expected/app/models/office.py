"""Offices."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.employee import Employee
    from app.models.transfer import Transfer


class Office(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An office."""

    __tablename__ = "offices"

    city: Mapped[str] = mapped_column(String(80))
    head_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("employees.id", ondelete="SET NULL", use_alter=True), index=True
    )

    head: Mapped["Employee | None"] = relationship(
        foreign_keys=[head_id], back_populates="headed_offices", lazy="raise"
    )
    residents: Mapped[list["Employee"]] = relationship(
        foreign_keys="Employee.home_id",
        back_populates="home",
        lazy="raise",
        order_by="Employee.id",
        passive_deletes=True,
    )
    departures: Mapped[list["Transfer"]] = relationship(
        foreign_keys="Transfer.origin_id",
        back_populates="origin",
        lazy="raise",
        order_by="Transfer.id",
        passive_deletes="all",
    )
    arrivals: Mapped[list["Transfer"]] = relationship(
        foreign_keys="Transfer.destination_id",
        back_populates="destination",
        lazy="raise",
        order_by="Transfer.id",
        passive_deletes="all",
    )
