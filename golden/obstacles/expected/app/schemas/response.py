"""API models of responses."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import AnyLine, UtcDatetime

ResponseResponse = Annotated[AnyLine, Field(max_length=255)]


class ResponseBase(InputModel):
    """What clients decide about one response."""

    response: ResponseResponse | None = None


class ResponseCreate(ResponseBase):
    """One new response."""


class ResponseUpdate(InputModel):
    """Changes to one response: omitted members stay, null clears those that may be null."""

    response: ResponseResponse | MISSING | None = MISSING


class ResponseRead(OutputModel):
    """A response."""

    id: UUID
    response: str | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class ResponseSort(StrEnum):
    """The orders of the list of responses."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class ResponseListQuery(PageQuery):
    """The query of the list of responses."""

    sort: ResponseSort = ResponseSort.CREATED_AT_DESC


class ResponsePage(Page[ResponseRead]):
    """One page of responses."""
