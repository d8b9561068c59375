"""Categories."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.post import Post


class Category(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A category."""

    __tablename__ = "categories"

    name: Mapped[str] = mapped_column(String(80), unique=True)
    slug: Mapped[str] = mapped_column(String(200), unique=True)
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("categories.id", ondelete="SET NULL"), index=True
    )

    parent: Mapped["Category | None"] = relationship(
        back_populates="children", lazy="raise", remote_side="Category.id"
    )
    children: Mapped[list["Category"]] = relationship(
        back_populates="parent", lazy="raise", order_by="Category.id", passive_deletes=True
    )
    posts: Mapped[list["Post"]] = relationship(
        back_populates="category", lazy="raise", order_by="Post.id", passive_deletes="all"
    )
