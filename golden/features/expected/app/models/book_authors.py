"""The association between books and authors."""

from sqlalchemy import BigInteger, Column, ForeignKey, Table, Uuid

from app.models.base import Base

book_authors = Table(
    "book_authors",
    Base.metadata,
    Column("book_id", Uuid, ForeignKey("books.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "author_id",
        BigInteger,
        ForeignKey("authors.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)
