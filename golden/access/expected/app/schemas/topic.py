"""API models of topics."""

from enum import StrEnum
from typing import Annotated

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Absent, Except, Line, Matching, SearchText, UtcDatetime

Code = Annotated[
    Line, Field(min_length=1, max_length=40), Matching("^[^/]*[^./][^/]*$"), Except("bulk")
]
Label = Annotated[Line, Field(min_length=1, max_length=80)]
ParentCode = Annotated[Line, Field(min_length=1, max_length=40)]


class TopicBase(InputModel):
    """What clients decide about one topic."""

    label: Label
    parent_code: ParentCode | None = None


class TopicCreate(TopicBase):
    """One new topic."""

    code: Code


class TopicReplace(TopicBase):
    """All of one topic, in place of what it was."""


class TopicUpdate(InputModel):
    """Changes to one topic: omitted members stay, null clears those that may be null."""

    label: Label | MISSING = MISSING
    parent_code: ParentCode | MISSING | None = MISSING


class TopicRead(OutputModel):
    """A topic."""

    code: str
    label: str
    parent_code: str | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class TopicSort(StrEnum):
    """The orders of the list of topics."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class TopicListQuery(PageQuery):
    """The query of the list of topics."""

    q: SearchText | Absent = None
    sort: TopicSort = TopicSort.CREATED_AT_DESC


class TopicPage(Page[TopicRead]):
    """One page of topics."""


class TopicBulkCreate(InputModel):
    """New topics: all of them are made, or none."""

    items: Annotated[list[TopicCreate], Field(min_length=1, max_length=100)]


class TopicBulkResult(OutputModel):
    """The topics that were made."""

    items: list[TopicRead]
