"""API models of lines."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line, UtcDatetime

LineText = Annotated[Line, Field(min_length=1, max_length=200)]


class LineBase(InputModel):
    """What clients decide about one line."""

    text: LineText


class LineCreate(LineBase):
    """One new line."""


class LineUpdate(InputModel):
    """Changes to one line: omitted members stay."""

    text: LineText | MISSING = MISSING


class LineRead(OutputModel):
    """A line."""

    id: UUID
    text: str
    sheet_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class LineSort(StrEnum):
    """The orders of the list of lines."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class LineListQuery(PageQuery):
    """The query of the list of lines."""

    sort: LineSort = LineSort.CREATED_AT_DESC


class LinePage(Page[LineRead]):
    """One page of lines."""
