"""API models of order items."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import DecimalText, UtcDatetime


class OrderItemBase(InputModel):
    """What clients decide about one order item."""

    product_id: UUID


class OrderItemCreate(OrderItemBase):
    """One new order item."""


class OrderItemUpdate(InputModel):
    """Changes to one order item: omitted members stay."""

    product_id: UUID | MISSING = MISSING


class OrderItemRead(OutputModel):
    """An order item."""

    id: UUID
    quantity: int
    unit_price: Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")]
    order_id: UUID
    product_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class OrderItemSort(StrEnum):
    """The orders of the list of order items."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class OrderItemListQuery(PageQuery):
    """The query of the list of order items."""

    sort: OrderItemSort = OrderItemSort.CREATED_AT_DESC


class OrderItemPage(Page[OrderItemRead]):
    """One page of order items."""
