"""API models of drafts."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.models.enums import TaskState
from app.schemas.base import CursorPage, CursorQuery, InputModel, OutputModel
from app.schemas.types import Line, Text, UtcDatetime

DraftText = Annotated[Text, Field(min_length=1, max_length=500)]
Remark = Annotated[Line, Field(min_length=1, max_length=80)]


class DraftBase(InputModel):
    """What clients decide about one draft."""

    text: DraftText
    state: TaskState = TaskState.DRAFT
    remark: Remark | None = Field(default=None, description="For those who work here.")


class DraftCreate(DraftBase):
    """One new draft."""


class DraftReplace(DraftBase):
    """All of one draft, in place of what it was."""


class DraftUpdate(InputModel):
    """Changes to one draft: omitted members stay, null clears those that may be null."""

    text: DraftText | MISSING = MISSING
    state: TaskState | MISSING = MISSING
    remark: Remark | MISSING | None = Field(default=MISSING, description="For those who work here.")


class DraftRead(OutputModel):
    """A draft."""

    id: UUID
    text: str
    state: TaskState
    remark: str | MISSING | None = Field(
        default=MISSING,
        description="For those who work here. Left out unless the caller may read it: "
        "authenticated.",
    )
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class DraftSort(StrEnum):
    """The orders of the list of drafts."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class DraftListQuery(CursorQuery):
    """The query of the list of drafts."""

    sort: DraftSort = DraftSort.CREATED_AT_DESC


class DraftPage(CursorPage[DraftRead]):
    """One page of drafts."""
