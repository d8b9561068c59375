"""Attributes that the database computes from related rows."""

from sqlalchemy import func, select
from sqlalchemy.orm import column_property

from app.models.article import Article
from app.models.article_labels import article_labels
from app.models.label import Label


def add_computed_attributes() -> None:
    """Add them to the models, all of which must be imported before."""
    _add_to_article()


def _add_to_article() -> None:
    Article.label_count = column_property(
        select(func.count())
        .select_from(Label)
        .join(article_labels, article_labels.c["label_id"] == Label.id)
        .where(article_labels.c["article_id"] == Article.id)
        .correlate_except(Label, article_labels)
        .scalar_subquery()
    )
