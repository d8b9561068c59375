"""Attributes that the database computes from related rows."""

from sqlalchemy import func, select
from sqlalchemy.orm import column_property

from app.models.article import Article
from app.models.remark import Remark


def add_computed_attributes() -> None:
    """Add them to the models, all of which must be imported before."""
    _add_to_article()


def _add_to_article() -> None:
    Article.remark_count = column_property(
        select(func.count())
        .where(Remark.article_id == Article.id)
        .correlate_except(Remark)
        .scalar_subquery()
    )
