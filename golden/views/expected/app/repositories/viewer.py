"""What reads tell each caller of a row."""

from sqlalchemy import ColumnElement, and_, false, true

from app.models import Article, Person, Remark


def person_is_me(caller: Person | None) -> ColumnElement[bool]:
    """Tell of which people ``is_me`` holds."""
    if caller is None:
        return false()
    return Person.id == caller.id


def article_liked(caller: Person | None) -> ColumnElement[bool]:
    """Tell of which articles ``liked`` holds."""
    if caller is None:
        return false()
    return Article.fans.any(Person.id == caller.id)


def article_mine(caller: Person | None) -> ColumnElement[bool]:
    """Whether the caller wrote it."""
    if caller is None:
        return false()
    return Article.author_id == caller.id


def article_discussed(caller: Person | None) -> ColumnElement[bool]:
    """Tell of which articles ``discussed`` holds."""
    if caller is None:
        return false()
    return Article.remarks.any(and_(Remark.is_active == true(), Remark.author_id == caller.id))


def remark_mine(caller: Person) -> ColumnElement[bool]:
    """Tell of which remarks ``mine`` holds."""
    return Remark.author_id == caller.id
