"""API models of topics."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.models.enums import Stage
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Absent, DecimalText, Int, Line, SearchText, UtcDatetime

Title = Annotated[Line, Field(min_length=1, max_length=120)]
Room = Annotated[Int, Field(ge=0, le=500), WHOLE]


class TopicBase(InputModel):
    """What clients decide about one topic."""

    title: Title
    stage: Stage = Stage.DRAFT
    closed_at: UtcDatetime | None = None
    room: Room = 100
    parent_id: UUID | None = None


class TopicCreate(TopicBase):
    """One new topic."""


class TopicReplace(TopicBase):
    """All of one topic, in place of what it was."""


class TopicUpdate(InputModel):
    """Changes to one topic: omitted members stay, null clears those that may be null."""

    title: Title | MISSING = MISSING
    stage: Stage | MISSING = MISSING
    closed_at: UtcDatetime | MISSING | None = MISSING
    room: Room | MISSING = MISSING
    parent_id: UUID | MISSING | None = MISSING


class TopicRead(OutputModel):
    """A topic."""

    id: UUID
    title: str
    stage: Stage
    closed_at: UtcDatetime | None
    reviewed_by: str | None
    reviews: int
    room: int
    parent_id: UUID | None
    is_reviewed: bool
    stage_and_time: UtcDatetime
    remark_count: int = Field(description="How many remarks were made on it.")
    longest_remark: int | None
    seats_left: int
    turnover: Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,2})?$")]
    has_large_bookings: bool
    all_paid: bool
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class TopicSort(StrEnum):
    """The orders of the list of topics."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"
    CLOSED_AT = "closed_at"
    CLOSED_AT_DESC = "-closed_at"
    TITLE = "title"
    TITLE_DESC = "-title"
    REMARK_COUNT = "remark_count"
    REMARK_COUNT_DESC = "-remark_count"
    LONGEST_REMARK = "longest_remark"
    LONGEST_REMARK_DESC = "-longest_remark"
    STAGE_AND_TIME = "stage_and_time"
    STAGE_AND_TIME_DESC = "-stage_and_time"


class TopicListQuery(PageQuery):
    """The query of the list of topics."""

    stage: Stage | Absent = None
    parent_id: UUID | Absent = None
    is_reviewed: bool | Absent = None
    seats_left: (
        Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)] | Absent
    ) = None
    seats_left_min: (
        Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)] | Absent
    ) = None
    seats_left_max: (
        Annotated[int, Field(ge=-9_223_372_036_854_775_808, lt=9_223_372_036_854_775_808)] | Absent
    ) = None
    all_paid: bool | Absent = None
    q: SearchText | Absent = None
    sort: TopicSort = TopicSort.CREATED_AT_DESC


class TopicPage(Page[TopicRead]):
    """One page of topics."""
