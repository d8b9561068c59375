"""API models of sessions."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import AnyLine, UtcDatetime

SessionSession = Annotated[AnyLine, Field(max_length=255)]


class SessionBase(InputModel):
    """What clients decide about one session."""

    session: SessionSession | None = None


class SessionCreate(SessionBase):
    """One new session."""


class SessionUpdate(InputModel):
    """Changes to one session: omitted members stay, null clears those that may be null."""

    session: SessionSession | MISSING | None = MISSING


class SessionRead(OutputModel):
    """A session."""

    id: UUID
    session: str | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class SessionSort(StrEnum):
    """The orders of the list of sessions."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class SessionListQuery(PageQuery):
    """The query of the list of sessions."""

    sort: SessionSort = SessionSort.CREATED_AT_DESC


class SessionPage(Page[SessionRead]):
    """One page of sessions."""
