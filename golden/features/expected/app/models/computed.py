"""Attributes that the database computes from related rows."""

from sqlalchemy import func, select
from sqlalchemy.orm import column_property

from app.models.author import Author
from app.models.book import Book
from app.models.book_authors import book_authors


def add_computed_attributes() -> None:
    """Add them to the models, all of which must be imported before."""
    _add_to_book()


def _add_to_book() -> None:
    Book.author_count = column_property(
        select(func.count())
        .select_from(Author)
        .join(book_authors, book_authors.c["author_id"] == Author.id)
        .where(book_authors.c["book_id"] == Book.id)
        .correlate_except(Author, book_authors)
        .scalar_subquery()
    )
