"""API models of notices."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Absent, Bool, Line, UtcDatetime

NoticeText = Annotated[Line, Field(min_length=1, max_length=200)]


class NoticeBase(InputModel):
    """What clients decide about one notice."""

    text: NoticeText
    pinned: Bool = Field(
        default=False,
        description="Refused with 403 unless the caller may write it: author == current_user.",
    )


class NoticeCreate(NoticeBase):
    """One new notice."""


class NoticeUpdate(InputModel):
    """Changes to one notice: omitted members stay."""

    text: NoticeText | MISSING = MISSING
    pinned: Bool | MISSING = Field(
        default=MISSING,
        description="Refused with 403 unless the caller may write it: author == current_user.",
    )


class NoticeRead(OutputModel):
    """A notice."""

    id: UUID
    text: str
    pinned: bool
    author_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class NoticeSort(StrEnum):
    """The orders of the list of notices."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class NoticeListQuery(PageQuery):
    """The query of the list of notices."""

    is_active: bool | Absent = None
    sort: NoticeSort = NoticeSort.CREATED_AT_DESC


class NoticePage(Page[NoticeRead]):
    """One page of notices."""
