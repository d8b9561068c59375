"""API models of cart items."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Int, UtcDatetime

Quantity = Annotated[Int, Field(ge=1, le=999), WHOLE]


class CartItemBase(InputModel):
    """What clients decide about one cart item."""

    quantity: Quantity


class CartItemCreate(CartItemBase):
    """One new cart item."""

    product_id: UUID


class CartItemUpdate(InputModel):
    """Changes to one cart item: omitted members stay."""

    quantity: Quantity | MISSING = MISSING


class CartItemRead(OutputModel):
    """A cart item."""

    id: UUID
    quantity: int
    cart_id: UUID
    product_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class CartItemSort(StrEnum):
    """The orders of the list of cart items."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class CartItemListQuery(PageQuery):
    """The query of the list of cart items."""

    sort: CartItemSort = CartItemSort.CREATED_AT_DESC


class CartItemPage(Page[CartItemRead]):
    """One page of cart items."""
