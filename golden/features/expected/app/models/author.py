"""Authors."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, IntKeyMixin, TimestampMixin
from app.models.book_authors import book_authors

if TYPE_CHECKING:
    from app.models.book import Book


class Author(IntKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An author."""

    __tablename__ = "authors"

    name: Mapped[str] = mapped_column(String(120))
    born: Mapped[date | None] = mapped_column()

    books: Mapped[list["Book"]] = relationship(
        secondary=book_authors,
        back_populates="authors",
        lazy="raise",
        order_by="Book.id",
        passive_deletes=True,
    )
