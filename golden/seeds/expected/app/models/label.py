"""Labels."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import string_enum
from app.models.article_labels import article_labels
from app.models.base import ActiveMixin, Base, IntKeyMixin, TimestampMixin
from app.models.enums import Level

if TYPE_CHECKING:
    from app.models.article import Article


class Label(IntKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A label."""

    __tablename__ = "labels"
    __table_args__ = (CheckConstraint("level = 'basic' OR length(name) > 3", name="named_high"),)

    name: Mapped[str] = mapped_column(String(40), unique=True)
    level: Mapped[Level] = mapped_column(
        string_enum(Level, name="level", length=16),
        default=Level.BASIC,
        server_default=Level.BASIC.value,
    )

    articles: Mapped[list["Article"]] = relationship(
        secondary=article_labels,
        back_populates="labels",
        lazy="raise",
        order_by="Article.id",
        passive_deletes=True,
    )
