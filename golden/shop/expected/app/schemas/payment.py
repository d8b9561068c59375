"""API models of payments."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING

from app.models.enums import PaymentStatus
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import DecimalText, UtcDatetime


class PaymentBase(InputModel):
    """What clients decide about one payment."""

    order_id: UUID


class PaymentCreate(PaymentBase):
    """One new payment."""


class PaymentUpdate(InputModel):
    """Changes to one payment: omitted members stay."""

    order_id: UUID | MISSING = MISSING


class PaymentRead(OutputModel):
    """A payment."""

    id: UUID
    status: PaymentStatus
    amount: Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")]
    reference: str | None
    order_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class PaymentSort(StrEnum):
    """The orders of the list of payments."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class PaymentListQuery(PageQuery):
    """The query of the list of payments."""

    sort: PaymentSort = PaymentSort.CREATED_AT_DESC


class PaymentPage(Page[PaymentRead]):
    """One page of payments."""
