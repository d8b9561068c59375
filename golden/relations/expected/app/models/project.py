"""Projects."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.employee import Employee
    from app.models.membership import Membership


class Project(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A project."""

    __tablename__ = "projects"

    title: Mapped[str] = mapped_column(String(80), unique=True)

    members: Mapped[list["Employee"]] = relationship(
        secondary="memberships", lazy="raise", order_by="Employee.id", viewonly=True
    )
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="project",
        lazy="raise",
        order_by="[Membership.employee_id, Membership.project_id]",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @property
    def member_ids(self) -> list[UUID]:
        """Return the keys of its employees, in order."""
        return sorted(employee.id for employee in self.members)
