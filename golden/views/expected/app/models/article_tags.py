"""The association between articles and tags."""

from sqlalchemy import Column, ForeignKey, Table, Uuid

from app.models.base import Base

article_tags = Table(
    "article_tags",
    Base.metadata,
    Column("article_id", Uuid, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", Uuid, ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True, index=True),
)
