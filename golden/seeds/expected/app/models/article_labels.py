"""The association between articles and labels."""

from sqlalchemy import BigInteger, Column, ForeignKey, Table, Uuid

from app.models.base import Base

article_labels = Table(
    "article_labels",
    Base.metadata,
    Column("article_id", Uuid, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "label_id",
        BigInteger,
        ForeignKey("labels.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)
