"""API models of claims."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.models.enums import ClaimStage
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Date, DecimalText, Line, UtcDatetime

Subject = Annotated[Line, Field(min_length=1, max_length=120)]
Amount = Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,7})(\.[0-9]{1,2})?$")]
ReviewerNote = Annotated[Line, Field(min_length=1, max_length=200)]


class ClaimBase(InputModel):
    """What clients decide about one claim."""

    subject: Subject
    amount: Amount
    reviewer_note: ReviewerNote | None = None


class ClaimCreate(ClaimBase):
    """One new claim."""


class ClaimUpdate(InputModel):
    """Changes to one claim: omitted members stay, null clears those that may be null."""

    subject: Subject | MISSING = MISSING
    amount: Amount | MISSING = MISSING
    reviewer_note: ReviewerNote | MISSING | None = MISSING


class ClaimRead(OutputModel):
    """A claim."""

    id: UUID
    subject: str
    amount: Amount
    stage: ClaimStage
    reviewer_note: str | None
    decided_at: UtcDatetime | None
    decided_on: Date | None
    urgent: bool
    claimant_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime
    version: int


class ClaimSort(StrEnum):
    """The orders of the list of claims."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class ClaimListQuery(PageQuery):
    """The query of the list of claims."""

    sort: ClaimSort = ClaimSort.CREATED_AT_DESC


class ClaimPage(Page[ClaimRead]):
    """One page of claims."""
