"""API models of order items."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Int, UtcDatetime

Quantity = Annotated[Int, Field(ge=1, le=99), WHOLE]


class OrderItemBase(InputModel):
    """What clients decide about one order item."""

    quantity: Quantity


class OrderItemCreate(OrderItemBase):
    """One new order item."""

    product_id: UUID


class OrderItemUpdate(InputModel):
    """Changes to one order item: omitted members stay."""

    quantity: Quantity | MISSING = MISSING


class OrderItemRead(OutputModel):
    """An order item."""

    id: UUID
    quantity: int
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
