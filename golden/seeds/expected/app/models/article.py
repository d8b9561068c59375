"""Articles."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import string_enum
from app.models.article_labels import article_labels
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin, VersionMixin
from app.models.enums import State

if TYPE_CHECKING:
    from app.models.label import Label
    from app.models.office import Office
    from app.models.topic import Topic


class Article(UuidKeyMixin, ActiveMixin, TimestampMixin, VersionMixin, Base):
    """An article."""

    __tablename__ = "articles"
    __table_args__ = (CheckConstraint("state = 'draft' OR published_at IS NOT NULL", name="dated"),)

    title: Mapped[str] = mapped_column(String(120))
    slug: Mapped[str] = mapped_column(String(200), unique=True)
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[State] = mapped_column(
        string_enum(State, name="state", length=16),
        default=State.DRAFT,
        server_default=State.DRAFT.value,
    )
    published_at: Mapped[datetime | None] = mapped_column()
    topic_id: Mapped[UUID] = mapped_column(ForeignKey("topics.id", ondelete="RESTRICT"), index=True)
    office_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("offices.id", ondelete="SET NULL"), index=True
    )

    topic: Mapped["Topic"] = relationship(back_populates="articles", lazy="raise")
    office: Mapped["Office | None"] = relationship(lazy="raise")
    labels: Mapped[list["Label"]] = relationship(
        secondary=article_labels,
        back_populates="articles",
        lazy="raise",
        order_by="Label.id",
        passive_deletes=True,
    )

    @property
    def label_ids(self) -> list[int]:
        """Return the keys of its labels, in order."""
        return sorted(label.id for label in self.labels)

    if TYPE_CHECKING:
        label_count: Mapped[int]
