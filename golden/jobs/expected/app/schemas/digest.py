"""API models of digests."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line, UtcDatetime

Number = Annotated[Line, Field(min_length=1, max_length=40)]


class DigestBase(InputModel):
    """What clients decide about one digest."""

    number: Number
    printed_at: UtcDatetime


class DigestCreate(DigestBase):
    """One new digest."""


class DigestUpdate(InputModel):
    """Changes to one digest: omitted members stay."""

    number: Number | MISSING = MISSING
    printed_at: UtcDatetime | MISSING = MISSING


class DigestRead(OutputModel):
    """A digest."""

    id: UUID
    number: str
    printed_at: UtcDatetime
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class DigestSort(StrEnum):
    """The orders of the list of digests."""

    CREATED_AT = "createdAt"
    CREATED_AT_DESC = "-createdAt"


class DigestListQuery(PageQuery):
    """The query of the list of digests."""

    sort: DigestSort = DigestSort.CREATED_AT_DESC


class DigestPage(Page[DigestRead]):
    """One page of digests."""
