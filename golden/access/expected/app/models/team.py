"""Teams."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.member import Member
    from app.models.task import Task


class Team(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A team."""

    __tablename__ = "teams"
    __table_args__ = (CheckConstraint("budget >= 0 AND budget <= 1000000", name="budget_range"),)

    name: Mapped[str] = mapped_column(String(80))
    budget: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    lead_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)

    lead: Mapped["Member"] = relationship(back_populates="teams", lazy="raise")
    tasks: Mapped[list["Task"]] = relationship(
        back_populates="team",
        lazy="raise",
        order_by="Task.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
