"""API models of orders."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.models.enums import OrderState
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import AnyLine, UtcDatetime

Note = Annotated[AnyLine, Field(max_length=200)]


class OrderBase(InputModel):
    """What clients decide about one order."""

    note: Note | None = None


class OrderCreate(OrderBase):
    """One new order."""


class OrderUpdate(InputModel):
    """Changes to one order: omitted members stay, null clears those that may be null."""

    note: Note | MISSING | None = MISSING


class OrderRead(OutputModel):
    """An order."""

    id: UUID
    note: str | None
    state: OrderState
    paid_at: UtcDatetime | None
    member_id: UUID
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
