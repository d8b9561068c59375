"""API models of openings."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, AnyLine, Int, UtcDatetime

Note = Annotated[AnyLine, Field(max_length=80)]
FromHour = Annotated[Int, Field(ge=0, le=23), WHOLE]
ToHour = Annotated[Int, Field(ge=1, le=24), WHOLE]


class OpeningBase(InputModel):
    """What clients decide about one opening."""

    note: Note | None = None
    from_hour: FromHour
    to_hour: ToHour


class OpeningCreate(OpeningBase):
    """One new opening."""

    office_id: UUID
    topic_id: UUID


class OpeningUpdate(InputModel):
    """Changes to one opening: omitted members stay, null clears those that may be null."""

    note: Note | MISSING | None = MISSING
    from_hour: FromHour | MISSING = MISSING
    to_hour: ToHour | MISSING = MISSING


class OpeningRead(OutputModel):
    """An opening."""

    note: str | None
    from_hour: int
    to_hour: int
    office_id: UUID
    topic_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class OpeningSort(StrEnum):
    """The orders of the list of openings."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class OpeningListQuery(PageQuery):
    """The query of the list of openings."""

    sort: OpeningSort = OpeningSort.CREATED_AT_DESC


class OpeningPage(Page[OpeningRead]):
    """One page of openings."""
