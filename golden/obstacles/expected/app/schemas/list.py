"""API models of lists."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import AnyLine, UtcDatetime

List = Annotated[list[Annotated[AnyLine, Field(max_length=255)]], Field(max_length=100)]


class ListBase(InputModel):
    """What clients decide about one list."""

    list_: List = Field(default_factory=list[str], alias="list")


class ListCreate(ListBase):
    """One new list."""


class ListUpdate(InputModel):
    """Changes to one list: omitted members stay."""

    list_: List | MISSING = Field(default=MISSING, alias="list")


class ListRead(OutputModel):
    """A list."""

    id: UUID
    list_: list[str] = Field(serialization_alias="list")
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class ListSort(StrEnum):
    """The orders of the list of lists."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class ListListQuery(PageQuery):
    """The query of the list of lists."""

    sort: ListSort = ListSort.CREATED_AT_DESC


class ListPage(Page[ListRead]):
    """One page of lists."""
