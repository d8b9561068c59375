"""API models of invoices."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING

from app.models.enums import State
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import DecimalText, UtcDatetime

Amount = Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")]


class InvoiceBase(InputModel):
    """What clients decide about one invoice."""

    amount: Amount = Decimal(100)


class InvoiceCreate(InvoiceBase):
    """One new invoice."""


class InvoiceUpdate(InputModel):
    """Changes to one invoice: omitted members stay."""

    amount: Amount | MISSING = MISSING


class InvoiceRead(OutputModel):
    """An invoice."""

    id: UUID
    amount: Amount
    state: State
    sent_at: UtcDatetime | None
    note: str | None
    reminders: int
    owner_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class InvoiceSort(StrEnum):
    """The orders of the list of invoices."""

    CREATED_AT = "createdAt"
    CREATED_AT_DESC = "-createdAt"


class InvoiceListQuery(PageQuery):
    """The query of the list of invoices."""

    sort: InvoiceSort = InvoiceSort.CREATED_AT_DESC


class InvoicePage(Page[InvoiceRead]):
    """One page of invoices."""
