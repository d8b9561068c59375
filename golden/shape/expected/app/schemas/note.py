"""API models of notes."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, BaseModel, Field

from app.schemas.base import InputModel, OutputModel, PageQuery
from app.schemas.types import Line, UtcDatetime

NoteText = Annotated[Line, Field(min_length=1, max_length=200)]


class NoteBase(InputModel):
    """What clients decide about one note."""

    text: NoteText


class NoteCreate(NoteBase):
    """One new note."""


class NoteUpdate(InputModel):
    """Changes to one note: omitted members stay."""

    text: NoteText | MISSING = MISSING


class NoteRead(OutputModel):
    """A note."""

    id: UUID
    text: str
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class NoteSort(StrEnum):
    """The orders of the list of notes."""

    CREATED_AT = "createdAt"
    CREATED_AT_DESC = "-createdAt"


class NoteListQuery(PageQuery):
    """The query of the list of notes."""

    sort: NoteSort = NoteSort.CREATED_AT_DESC


class NotePage(BaseModel):
    """One page of notes."""

    items: list[NoteRead] = Field(serialization_alias="notes")
    total: int
    limit: int
    offset: int = Field(serialization_alias="skipped")
