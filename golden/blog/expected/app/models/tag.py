"""Tags."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.post_tags import post_tags

if TYPE_CHECKING:
    from app.models.post import Post


class Tag(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A tag."""

    __tablename__ = "tags"

    name: Mapped[str] = mapped_column(String(40), unique=True)

    posts: Mapped[list["Post"]] = relationship(
        secondary=post_tags,
        back_populates="tags",
        lazy="raise",
        order_by="Post.id",
        passive_deletes=True,
    )
