"""API models of carts."""

from enum import StrEnum
from uuid import UUID

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import UtcDatetime


class CartBase(InputModel):
    """What clients decide about one cart."""


class CartCreate(CartBase):
    """One new cart."""


class CartUpdate(InputModel):
    """Changes to one cart: omitted members stay."""


class CartRead(OutputModel):
    """A cart."""

    id: UUID
    checked_out_at: UtcDatetime | None
    customer_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class CartSort(StrEnum):
    """The orders of the list of carts."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class CartListQuery(PageQuery):
    """The query of the list of carts."""

    sort: CartSort = CartSort.CREATED_AT_DESC


class CartPage(Page[CartRead]):
    """One page of carts."""
