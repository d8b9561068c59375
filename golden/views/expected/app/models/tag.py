"""Tags."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.article_tags import article_tags
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.article import Article


class Tag(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A tag."""

    __tablename__ = "tags"

    label: Mapped[str] = mapped_column(String(40), unique=True)
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("tags.id", ondelete="SET NULL"), index=True
    )

    parent: Mapped["Tag | None"] = relationship(
        back_populates="children", lazy="raise", remote_side="Tag.id"
    )
    articles: Mapped[list["Article"]] = relationship(
        secondary=article_tags,
        back_populates="tags",
        lazy="raise",
        order_by="Article.id",
        passive_deletes=True,
    )
    children: Mapped[list["Tag"]] = relationship(
        back_populates="parent", lazy="raise", order_by="Tag.id", passive_deletes=True
    )
