"""Tasks."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin, VersionMixin
from app.models.task_topics import task_topics

if TYPE_CHECKING:
    from app.models.team import Team
    from app.models.topic import Topic


class Task(UuidKeyMixin, ActiveMixin, TimestampMixin, VersionMixin, Base):
    """A task."""

    __tablename__ = "tasks"

    title: Mapped[str] = mapped_column(String(120))
    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), index=True)

    team: Mapped["Team"] = relationship(back_populates="tasks", lazy="raise")
    topics: Mapped[list["Topic"]] = relationship(
        secondary=task_topics,
        back_populates="tasks",
        lazy="raise",
        order_by="Topic.code",
        passive_deletes=True,
    )

    @property
    def topic_ids(self) -> list[str]:
        """Return the keys of its topics, in order."""
        return sorted(topic.code for topic in self.topics)
