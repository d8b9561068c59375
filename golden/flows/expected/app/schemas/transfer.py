"""API models of transfers."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING

from app.models.enums import Reason
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import DecimalText, UtcDatetime


class TransferBase(InputModel):
    """What clients decide about one transfer."""

    source_id: UUID
    target_id: UUID


class TransferCreate(TransferBase):
    """One new transfer."""


class TransferUpdate(InputModel):
    """Changes to one transfer: omitted members stay."""

    source_id: UUID | MISSING = MISSING
    target_id: UUID | MISSING = MISSING


class TransferRead(OutputModel):
    """A transfer."""

    id: UUID
    amount: Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")]
    reason: Reason | None
    urgent: bool
    source_id: UUID
    target_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class TransferSort(StrEnum):
    """The orders of the list of transfers."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class TransferListQuery(PageQuery):
    """The query of the list of transfers."""

    sort: TransferSort = TransferSort.CREATED_AT_DESC


class TransferPage(Page[TransferRead]):
    """One page of transfers."""
