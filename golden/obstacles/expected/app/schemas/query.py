"""API models of queries."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import AnyLine, UtcDatetime

QueryQuery = Annotated[AnyLine, Field(max_length=255)]


class QueryBase(InputModel):
    """What clients decide about one query."""

    query: QueryQuery | None = None


class QueryCreate(QueryBase):
    """One new query."""


class QueryUpdate(InputModel):
    """Changes to one query: omitted members stay, null clears those that may be null."""

    query: QueryQuery | MISSING | None = MISSING


class QueryRead(OutputModel):
    """A query."""

    id: UUID
    query: str | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class QuerySort(StrEnum):
    """The orders of the list of queries."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class QueryListQuery(PageQuery):
    """The query of the list of queries."""

    sort: QuerySort = QuerySort.CREATED_AT_DESC


class QueryPage(Page[QueryRead]):
    """One page of queries."""
