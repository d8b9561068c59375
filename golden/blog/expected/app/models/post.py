"""Posts."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import string_enum
from app.core.errors import Invariant
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import PostStatus
from app.models.post_tags import post_tags

if TYPE_CHECKING:
    from app.models.category import Category
    from app.models.comment import Comment
    from app.models.tag import Tag
    from app.models.user import User


class Post(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An article, with a life cycle."""

    __tablename__ = "posts"
    __table_args__ = (
        CheckConstraint("views >= 0", name="views_range"),
        CheckConstraint(
            "status <> 'published' OR published_at IS NOT NULL",
            name="published_has_a_date",
            info={"invariant": Invariant("published_has_a_date", "Published has a date.")},
        ),
        UniqueConstraint("author_id", "title"),
        Index(None, "status", "published_at"),
    )

    title: Mapped[str] = mapped_column(String(200))
    slug: Mapped[str] = mapped_column(String(200), unique=True)
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[PostStatus] = mapped_column(
        string_enum(PostStatus, name="status", length=16),
        default=PostStatus.DRAFT,
        server_default=PostStatus.DRAFT.value,
    )
    published_at: Mapped[datetime | None] = mapped_column()
    views: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    category_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("categories.id", ondelete="RESTRICT"), index=True
    )

    author: Mapped["User"] = relationship(back_populates="posts", lazy="raise")
    category: Mapped["Category | None"] = relationship(back_populates="posts", lazy="raise")
    tags: Mapped[list["Tag"]] = relationship(
        secondary=post_tags,
        back_populates="posts",
        lazy="raise",
        order_by="Tag.id",
        passive_deletes=True,
    )
    comments: Mapped[list["Comment"]] = relationship(
        back_populates="post",
        lazy="raise",
        order_by="Comment.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @property
    def tag_ids(self) -> list[UUID]:
        """Return the keys of its tags, in order."""
        return sorted(tag_row.id for tag_row in self.tags)
