"""API models of boards."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.models.enums import TaskState
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Bool, Line, UtcDatetime

Title = Annotated[Line, Field(min_length=1, max_length=80)]
GuestIds = Annotated[list[UUID], Field(max_length=100)]


class BoardBase(InputModel):
    """What clients decide about one board."""

    title: Title
    open: Bool = False
    guest_ids: GuestIds = Field(default_factory=list[UUID])


class BoardCreate(BoardBase):
    """One new board."""


class BoardReplace(BoardBase):
    """All of one board, in place of what it was."""


class BoardUpdate(InputModel):
    """Changes to one board: omitted members stay."""

    title: Title | MISSING = MISSING
    open: Bool | MISSING = MISSING
    guest_ids: GuestIds | MISSING = MISSING


class BoardRead(OutputModel):
    """A board."""

    id: UUID
    title: str
    open: bool
    state: TaskState
    owner_id: UUID
    guest_ids: list[UUID]
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class BoardSort(StrEnum):
    """The orders of the list of boards."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class BoardListQuery(PageQuery):
    """The query of the list of boards."""

    sort: BoardSort = BoardSort.CREATED_AT_DESC


class BoardPage(Page[BoardRead]):
    """One page of boards."""
