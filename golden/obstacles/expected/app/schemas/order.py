"""API models of orders."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.models.enums import LiteralEnum
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import AnyLine, UtcDatetime

Desc = Annotated[AnyLine, Field(max_length=255)]
SelectIds = Annotated[list[UUID], Field(max_length=100)]


class OrderBase(InputModel):
    """What clients decide about one order."""

    order: LiteralEnum = LiteralEnum.NONE
    desc: Desc = "it's {{ this }}"
    group_id: UUID | None = None
    from_id: UUID | None = None
    select_ids: SelectIds = Field(default_factory=list[UUID])


class OrderCreate(OrderBase):
    """One new order."""


class OrderUpdate(InputModel):
    """Changes to one order: omitted members stay, null clears those that may be null."""

    order: LiteralEnum | MISSING = MISSING
    desc: Desc | MISSING = MISSING
    group_id: UUID | MISSING | None = MISSING
    from_id: UUID | MISSING | None = MISSING
    select_ids: SelectIds | MISSING = MISSING


class OrderRead(OutputModel):
    """An order."""

    id: UUID
    order: LiteralEnum
    desc: str
    user_id: UUID
    group_id: UUID | None
    from_id: UUID | None
    select_ids: list[UUID]
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
