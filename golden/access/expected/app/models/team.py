"""Teams."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.member import Member
    from app.models.task import Task


class Team(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A team."""

    __tablename__ = "teams"

    name: Mapped[str] = mapped_column(String(80))
    lead_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)

    lead: Mapped["Member"] = relationship(back_populates="teams", lazy="raise")
    tasks: Mapped[list["Task"]] = relationship(
        back_populates="team",
        lazy="raise",
        order_by="Task.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
