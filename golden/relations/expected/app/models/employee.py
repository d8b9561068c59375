"""Employees."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.employee_friends import employee_friends

if TYPE_CHECKING:
    from app.models.badge import Badge
    from app.models.endorsement import Endorsement
    from app.models.membership import Membership
    from app.models.office import Office
    from app.models.project import Project


class Employee(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An employee."""

    __tablename__ = "employees"

    name: Mapped[str] = mapped_column(String(80))
    manager_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("employees.id", ondelete="SET NULL"), index=True
    )
    mentor_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("employees.id", ondelete="SET NULL"), unique=True
    )
    home_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("offices.id", ondelete="SET NULL"), index=True
    )

    manager: Mapped["Employee | None"] = relationship(
        foreign_keys=[manager_id], back_populates="reports", lazy="raise", remote_side="Employee.id"
    )
    mentor: Mapped["Employee | None"] = relationship(
        foreign_keys=[mentor_id], back_populates="protege", lazy="raise", remote_side="Employee.id"
    )
    home: Mapped["Office | None"] = relationship(
        foreign_keys=[home_id], back_populates="residents", lazy="raise"
    )
    friends: Mapped[list["Employee"]] = relationship(
        secondary=employee_friends,
        primaryjoin=lambda: Employee.id == employee_friends.c["employee_id"],
        secondaryjoin=lambda: Employee.id == employee_friends.c["friend_id"],
        back_populates="friend_of",
        lazy="raise",
        order_by="Employee.id",
        passive_deletes=True,
    )
    reports: Mapped[list["Employee"]] = relationship(
        foreign_keys="Employee.manager_id",
        back_populates="manager",
        lazy="raise",
        order_by="Employee.id",
        passive_deletes=True,
    )
    protege: Mapped["Employee | None"] = relationship(
        foreign_keys="Employee.mentor_id",
        back_populates="mentor",
        lazy="raise",
        passive_deletes=True,
    )
    friend_of: Mapped[list["Employee"]] = relationship(
        secondary=employee_friends,
        primaryjoin=lambda: Employee.id == employee_friends.c["friend_id"],
        secondaryjoin=lambda: Employee.id == employee_friends.c["employee_id"],
        back_populates="friends",
        lazy="raise",
        order_by="Employee.id",
        passive_deletes=True,
    )
    headed_offices: Mapped[list["Office"]] = relationship(
        foreign_keys="Office.head_id",
        back_populates="head",
        lazy="raise",
        order_by="Office.id",
        passive_deletes=True,
    )
    badge: Mapped["Badge | None"] = relationship(
        back_populates="holder", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="employee",
        lazy="raise",
        order_by="[Membership.employee_id, Membership.project_id]",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    projects: Mapped[list["Project"]] = relationship(
        secondary="memberships", lazy="raise", order_by="Project.id", viewonly=True
    )
    endorsements_given: Mapped[list["Endorsement"]] = relationship(
        foreign_keys="Endorsement.author_id",
        back_populates="author",
        lazy="raise",
        order_by="Endorsement.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    endorsements_received: Mapped[list["Endorsement"]] = relationship(
        foreign_keys="Endorsement.subject_id",
        back_populates="subject",
        lazy="raise",
        order_by="Endorsement.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @property
    def friend_ids(self) -> list[UUID]:
        """Return the keys of its employees, in order."""
        return sorted(employee.id for employee in self.friends)
