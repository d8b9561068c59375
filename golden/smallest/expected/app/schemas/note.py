"""API models of notes."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Text, UtcDatetime

NoteText = Annotated[Text, Field(max_length=100_000)]


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

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class NoteListQuery(PageQuery):
    """The query of the list of notes."""

    sort: NoteSort = NoteSort.CREATED_AT_DESC


class NotePage(Page[NoteRead]):
    """One page of notes."""
