"""The association between articles and people."""

from sqlalchemy import Column, ForeignKey, Table, Uuid

from app.models.base import Base

article_fans = Table(
    "article_fans",
    Base.metadata,
    Column("article_id", Uuid, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "person_id", Uuid, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
)
