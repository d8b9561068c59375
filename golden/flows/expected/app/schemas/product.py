"""API models of products."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Int, Line, UtcDatetime

Name = Annotated[Line, Field(min_length=1, max_length=80)]
Stock = Annotated[Int, Field(ge=0, le=2_147_483_647), WHOLE]


class ProductBase(InputModel):
    """What clients decide about one product."""

    name: Name
    stock: Stock = 100


class ProductCreate(ProductBase):
    """One new product."""


class ProductUpdate(InputModel):
    """Changes to one product: omitted members stay."""

    name: Name | MISSING = MISSING
    stock: Stock | MISSING = MISSING


class ProductRead(OutputModel):
    """A product."""

    id: UUID
    name: str
    stock: int
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime
    version: int


class ProductSort(StrEnum):
    """The orders of the list of products."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class ProductListQuery(PageQuery):
    """The query of the list of products."""

    sort: ProductSort = ProductSort.CREATED_AT_DESC


class ProductPage(Page[ProductRead]):
    """One page of products."""
