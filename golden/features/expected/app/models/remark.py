"""Remarks."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin

if TYPE_CHECKING:
    from app.models.account import Account
    from app.models.book import Book


class Remark(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A remark."""

    __tablename__ = "remarks"

    text: Mapped[str] = mapped_column(Text)
    book_id: Mapped[UUID] = mapped_column(ForeignKey("books.id", ondelete="CASCADE"), index=True)
    writer_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )

    book: Mapped["Book"] = relationship(back_populates="remarks", lazy="raise")
    writer: Mapped["Account"] = relationship(lazy="raise")
