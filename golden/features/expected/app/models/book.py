"""Books."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, SQLColumnExpression, String
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin, VersionMixin
from app.models.book_authors import book_authors

if TYPE_CHECKING:
    from app.models.author import Author
    from app.models.remark import Remark
    from app.models.shelf import Shelf

_BOUND_500 = 500


class Book(UuidKeyMixin, ActiveMixin, TimestampMixin, VersionMixin, Base):
    """A book."""

    __tablename__ = "books"
    __table_args__ = (CheckConstraint("pages >= 1", name="pages_range"),)

    name: Mapped[str] = mapped_column(String(80))
    slug: Mapped[str] = mapped_column(String(200), unique=True)
    isbn: Mapped[str] = mapped_column(String(13), unique=True)
    pages: Mapped[int] = mapped_column()
    shelf_id: Mapped[UUID] = mapped_column(ForeignKey("shelves.id", ondelete="CASCADE"), index=True)

    shelf: Mapped["Shelf"] = relationship(back_populates="books", lazy="raise")
    authors: Mapped[list["Author"]] = relationship(
        secondary=book_authors,
        back_populates="books",
        lazy="raise",
        order_by="Author.id",
        passive_deletes=True,
    )
    remarks: Mapped[list["Remark"]] = relationship(
        back_populates="book",
        lazy="raise",
        order_by="Remark.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @property
    def author_ids(self) -> list[int]:
        """Return the keys of its authors, in order."""
        return sorted(author.id for author in self.authors)

    if TYPE_CHECKING:
        author_count: Mapped[int]

    @hybrid_property
    def is_long(self) -> bool:
        """IsLong."""
        return self.pages > _BOUND_500

    @is_long.inplace.expression
    @classmethod
    def _is_long(cls) -> SQLColumnExpression[bool]:
        return cls.pages > _BOUND_500
