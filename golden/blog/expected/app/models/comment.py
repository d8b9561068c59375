"""Comments."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.errors import Invariant
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.post import Post
    from app.models.user import User


class Comment(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A comment."""

    __tablename__ = "comments"
    __table_args__ = (
        CheckConstraint(
            "reply_to_id IS NULL OR reply_to_id <> id",
            name="no_self_reply",
            info={"invariant": Invariant("no_self_reply", "No self reply.")},
        ),
    )

    body: Mapped[str] = mapped_column(Text)
    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    reply_to_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("comments.id", ondelete="CASCADE"), index=True
    )

    post: Mapped["Post"] = relationship(back_populates="comments", lazy="raise")
    author: Mapped["User"] = relationship(back_populates="comments", lazy="raise")
    reply_to: Mapped["Comment | None"] = relationship(
        back_populates="replies", lazy="raise", remote_side="Comment.id"
    )
    replies: Mapped[list["Comment"]] = relationship(
        back_populates="reply_to",
        lazy="raise",
        order_by="Comment.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
