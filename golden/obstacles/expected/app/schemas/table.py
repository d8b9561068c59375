"""API models of tables."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line, UtcDatetime

TableTable = Annotated[Line, Field(min_length=1, max_length=40)]


class TableBase(InputModel):
    """What clients decide about one table."""

    table: TableTable


class TableCreate(TableBase):
    """One new table."""


class TableUpdate(InputModel):
    """Changes to one table: omitted members stay."""

    table: TableTable | MISSING = MISSING


class TableRead(OutputModel):
    """A table."""

    id: UUID
    table: str
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class TableSort(StrEnum):
    """The orders of the list of tables."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class TableListQuery(PageQuery):
    """The query of the list of tables."""

    sort: TableSort = TableSort.CREATED_AT_DESC


class TablePage(Page[TableRead]):
    """One page of tables."""
