"""Remarks."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.article import Article
    from app.models.person import Person


class Remark(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A remark."""

    __tablename__ = "remarks"

    text: Mapped[str] = mapped_column(Text)
    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)

    article: Mapped["Article"] = relationship(back_populates="remarks", lazy="raise")
    author: Mapped["Person"] = relationship(back_populates="remarks", lazy="raise")

    mine: Mapped[bool] = query_expression()
