"""Attributes that the database computes from related rows."""

from sqlalchemy import BigInteger, cast, func, select
from sqlalchemy.orm import column_property

from app.models.order import Order
from app.models.order_item import OrderItem


def add_computed_attributes() -> None:
    """Add them to the models, all of which must be imported before."""
    _add_to_order()


def _add_to_order() -> None:
    Order.item_count = column_property(
        select(cast(func.coalesce(func.sum(OrderItem.quantity), 0), BigInteger))
        .where(OrderItem.order_id == Order.id)
        .correlate_except(OrderItem)
        .scalar_subquery()
    )
