"""API models of rates."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, DecimalText, Int, Line, Matching, UtcDatetime

Year = Annotated[Int, Field(ge=1900, le=2200), WHOLE]
Code = Annotated[Line, Field(min_length=1, max_length=8), Matching("^[^/]*[^./][^/]*$")]
Value = Annotated[Decimal, DecimalText(4, r"^(0|[1-9][0-9]{0,5})(\.[0-9]{1,4})?$")]


class RateBase(InputModel):
    """What clients decide about one rate."""

    value: Value


class RateCreate(RateBase):
    """One new rate."""

    year: Year
    code: Code


class RateUpdate(InputModel):
    """Changes to one rate: omitted members stay."""

    value: Value | MISSING = MISSING


class RateRead(OutputModel):
    """A rate."""

    year: int
    code: str
    value: Value
    charged: Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,2})?$")]
    dearest: Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")] | None
    created_at: UtcDatetime
    updated_at: UtcDatetime


class RateSort(StrEnum):
    """The orders of the list of rates."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class RateListQuery(PageQuery):
    """The query of the list of rates."""

    sort: RateSort = RateSort.CREATED_AT_DESC


class RatePage(Page[RateRead]):
    """One page of rates."""
