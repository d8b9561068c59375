"""API models of exceptions."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import AnyLine, UtcDatetime

ExceptionException = Annotated[AnyLine, Field(max_length=255)]


class ExceptionBase(InputModel):
    """What clients decide about one exception."""

    exception: ExceptionException | None = None


class ExceptionCreate(ExceptionBase):
    """One new exception."""


class ExceptionUpdate(InputModel):
    """Changes to one exception: omitted members stay, null clears those that may be null."""

    exception: ExceptionException | MISSING | None = MISSING


class ExceptionRead(OutputModel):
    """An exception."""

    id: UUID
    exception: str | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class ExceptionSort(StrEnum):
    """The orders of the list of exceptions."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class ExceptionListQuery(PageQuery):
    """The query of the list of exceptions."""

    sort: ExceptionSort = ExceptionSort.CREATED_AT_DESC


class ExceptionPage(Page[ExceptionRead]):
    """One page of exceptions."""
