"""API models of remarks."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Absent, Text, UtcDatetime

RemarkText = Annotated[Text, Field(min_length=1, max_length=500)]


class RemarkBase(InputModel):
    """What clients decide about one remark."""

    text: RemarkText


class RemarkCreate(RemarkBase):
    """One new remark."""


class RemarkReplace(RemarkBase):
    """All of one remark, in place of what it was."""


class RemarkUpdate(InputModel):
    """Changes to one remark: omitted members stay."""

    text: RemarkText | MISSING = MISSING


class RemarkRead(OutputModel):
    """A remark."""

    id: UUID
    text: str
    book_id: UUID
    writer_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class RemarkSort(StrEnum):
    """The orders of the list of remarks."""

    CREATED_AT = "createdAt"
    CREATED_AT_DESC = "-createdAt"


class RemarkListQuery(PageQuery):
    """The query of the list of remarks."""

    writer_id: UUID | Absent = None
    sort: RemarkSort = RemarkSort.CREATED_AT_DESC


class RemarkPage(Page[RemarkRead]):
    """One page of remarks."""


class RemarkBulkCreate(InputModel):
    """New remarks: all of them are made, or none."""

    items: Annotated[list[RemarkCreate], Field(min_length=1, max_length=100)]


class RemarkBulkResult(OutputModel):
    """The remarks that were made."""

    items: list[RemarkRead]
