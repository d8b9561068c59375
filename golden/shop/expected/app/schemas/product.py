"""API models of products."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field, JsonValue

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import (
    WHOLE,
    Absent,
    DecimalText,
    Int,
    Json,
    Line,
    Matching,
    SearchText,
    UtcDatetime,
)

Sku = Annotated[Line, Field(min_length=3, max_length=32), Matching("^[A-Z0-9-]+$")]
Name = Annotated[Line, Field(min_length=1, max_length=200)]
Price = Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")]
Stock = Annotated[Int, Field(ge=0, le=2_147_483_647), WHOLE]


class ProductBase(InputModel):
    """What clients decide about one product."""

    name: Name
    price: Price
    stock: Stock
    weight_grams: Stock = 0
    metadata_: Json = Field(default_factory=dict[str, JsonValue], alias="metadata")


class ProductCreate(ProductBase):
    """One new product."""

    sku: Sku


class ProductUpdate(InputModel):
    """Changes to one product: omitted members stay."""

    name: Name | MISSING = MISSING
    price: Price | MISSING = MISSING
    stock: Stock | MISSING = MISSING
    weight_grams: Stock | MISSING = MISSING
    metadata_: Json | MISSING = Field(default=MISSING, alias="metadata")


class ProductRead(OutputModel):
    """A product."""

    id: UUID
    sku: str
    name: str
    price: Price
    stock: int
    weight_grams: int
    metadata_: Json = Field(serialization_alias="metadata")
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime
    version: int


class ProductSort(StrEnum):
    """The orders of the list of products."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"
    NAME = "name"
    NAME_DESC = "-name"
    PRICE = "price"
    PRICE_DESC = "-price"


class ProductListQuery(PageQuery):
    """The query of the list of products."""

    name: Name | Absent = None
    price: Price | Absent = None
    price_min: Price | Absent = None
    price_max: Price | Absent = None
    stock: Annotated[int, Field(ge=0, le=2_147_483_647)] | Absent = None
    stock_min: Annotated[int, Field(ge=0, le=2_147_483_647)] | Absent = None
    stock_max: Annotated[int, Field(ge=0, le=2_147_483_647)] | Absent = None
    q: SearchText | Absent = None
    sort: ProductSort = ProductSort.CREATED_AT_DESC


class ProductPage(Page[ProductRead]):
    """One page of products."""
