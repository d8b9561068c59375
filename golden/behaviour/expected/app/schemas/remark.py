"""API models of remarks."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import CursorPage, CursorQuery, InputModel, OutputModel
from app.schemas.types import Absent, Line, SearchText, UtcDatetime

Heading = Annotated[Line, Field(min_length=1, max_length=80)]
RemarkText = Annotated[Line, Field(min_length=1, max_length=200)]


class RemarkBase(InputModel):
    """What clients decide about one remark."""

    heading: Heading
    text: RemarkText


class RemarkCreate(RemarkBase):
    """One new remark."""


class RemarkUpdate(InputModel):
    """Changes to one remark: omitted members stay."""

    heading: Heading | MISSING = MISSING
    text: RemarkText | MISSING = MISSING


class RemarkRead(OutputModel):
    """A remark."""

    id: UUID
    heading: str
    text: str
    topic_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class RemarkSort(StrEnum):
    """The orders of the list of remarks."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class RemarkListQuery(CursorQuery):
    """The query of the list of remarks."""

    q: SearchText | Absent = None
    sort: RemarkSort = RemarkSort.CREATED_AT_DESC


class RemarkPage(CursorPage[RemarkRead]):
    """One page of remarks."""
