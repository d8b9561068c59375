"""Memberships."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.clock import utctoday
from app.models.base import ActiveMixin, Base, TimestampMixin

if TYPE_CHECKING:
    from app.models.employee import Employee
    from app.models.project import Project


class Membership(ActiveMixin, TimestampMixin, Base):
    """A membership."""

    __tablename__ = "memberships"

    employee_id: Mapped[UUID] = mapped_column(
        ForeignKey("employees.id", ondelete="CASCADE"), primary_key=True
    )
    project_id: Mapped[UUID] = mapped_column(
        ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[date] = mapped_column(default=utctoday, server_default=text("CURRENT_DATE"))

    employee: Mapped["Employee"] = relationship(back_populates="memberships", lazy="raise")
    project: Mapped["Project"] = relationship(back_populates="memberships", lazy="raise")
