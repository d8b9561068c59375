"""The association between orders and indices."""

from sqlalchemy import Column, ForeignKey, Table, Uuid

from app.models.base import Base

order_select = Table(
    "order_select",
    Base.metadata,
    Column("order_id", Uuid, ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "index_id", Uuid, ForeignKey("indices.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
)
