"""The association between tickets and labels."""

from sqlalchemy import BigInteger, Column, ForeignKey, Table

from app.models.base import Base

ticket_labels = Table(
    "ticket_labels",
    Base.metadata,
    Column("ticket_id", BigInteger, ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "label_id",
        BigInteger,
        ForeignKey("labels.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)
