"""API models of orders."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING

from app.models.enums import OrderStatus
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import DecimalText, UtcDatetime


class OrderBase(InputModel):
    """What clients decide about one order."""

    customer_id: UUID


class OrderCreate(OrderBase):
    """One new order."""


class OrderUpdate(InputModel):
    """Changes to one order: omitted members stay."""

    customer_id: UUID | MISSING = MISSING


class OrderRead(OutputModel):
    """An order."""

    id: UUID
    number: str
    status: OrderStatus
    total: Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")]
    shipping_cost: Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")]
    placed_at: UtcDatetime
    customer_id: UUID
    item_count: int
    is_settled: bool
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class OrderSort(StrEnum):
    """The orders of the list of orders."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class OrderListQuery(PageQuery):
    """The query of the list of orders."""

    sort: OrderSort = OrderSort.CREATED_AT_DESC


class OrderPage(Page[OrderRead]):
    """One page of orders."""
