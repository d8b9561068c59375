"""API models of charges."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, DecimalText, Int, Line, UtcDatetime

Amount = Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")]
RateYear = Annotated[Int, Field(ge=1900, le=2200), WHOLE]
RateCode = Annotated[Line, Field(min_length=1, max_length=8)]


class ChargeBase(InputModel):
    """What clients decide about one charge."""

    amount: Amount
    rate_year: RateYear
    rate_code: RateCode


class ChargeCreate(ChargeBase):
    """One new charge."""


class ChargeUpdate(InputModel):
    """Changes to one charge: omitted members stay."""

    amount: Amount | MISSING = MISSING
    rate_year: RateYear | MISSING = MISSING
    rate_code: RateCode | MISSING = MISSING


class ChargeRead(OutputModel):
    """A charge."""

    id: UUID
    amount: Amount
    rate_year: int
    rate_code: str
    due: Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,2})?$")]
    code: str
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class ChargeSort(StrEnum):
    """The orders of the list of charges."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class ChargeListQuery(PageQuery):
    """The query of the list of charges."""

    sort: ChargeSort = ChargeSort.CREATED_AT_DESC


class ChargePage(Page[ChargeRead]):
    """One page of charges."""
