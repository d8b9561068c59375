"""Topics."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.article import Article


class Topic(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A topic."""

    __tablename__ = "topics"
    __table_args__ = (CheckConstraint("rank >= 1 AND rank <= 100", name="rank_range"),)

    title: Mapped[str] = mapped_column(String(80))
    slug: Mapped[str] = mapped_column(String(200), unique=True)
    rank: Mapped[int | None] = mapped_column(
        Integer().evaluates_none(), default=10, server_default=text("10")
    )
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("topics.id", ondelete="SET NULL"), index=True
    )

    parent: Mapped["Topic | None"] = relationship(
        back_populates="children", lazy="raise", remote_side="Topic.id"
    )
    children: Mapped[list["Topic"]] = relationship(
        back_populates="parent", lazy="raise", order_by="Topic.id", passive_deletes=True
    )
    articles: Mapped[list["Article"]] = relationship(
        back_populates="topic", lazy="raise", order_by="Article.id", passive_deletes="all"
    )
