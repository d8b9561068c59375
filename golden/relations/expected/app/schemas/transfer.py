"""API models of transfers."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Date, Text, UtcDatetime

Reason = Annotated[Text, Field(max_length=100_000)]


class TransferBase(InputModel):
    """What clients decide about one transfer."""

    reason: Reason | None = None
    planned_on: Date | None = None
    origin_id: UUID
    destination_id: UUID


class TransferCreate(TransferBase):
    """One new transfer."""

    employee_id: UUID


class TransferUpdate(InputModel):
    """Changes to one transfer: omitted members stay, null clears those that may be null."""

    reason: Reason | MISSING | None = MISSING
    planned_on: Date | MISSING | None = MISSING
    origin_id: UUID | MISSING = MISSING
    destination_id: UUID | MISSING = MISSING


class TransferRead(OutputModel):
    """A transfer."""

    id: UUID
    reason: str | None
    planned_on: Date | None
    origin_id: UUID
    destination_id: UUID
    employee_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class TransferSort(StrEnum):
    """The orders of the list of transfers."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"
    PLANNED_ON = "planned_on"
    PLANNED_ON_DESC = "-planned_on"


class TransferListQuery(PageQuery):
    """The query of the list of transfers."""

    sort: TransferSort = TransferSort.CREATED_AT_DESC


class TransferPage(Page[TransferRead]):
    """One page of transfers."""
