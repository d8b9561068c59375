"""API models of groups."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line, UtcDatetime

Group = Annotated[Line, Field(min_length=1, max_length=40)]


class GroupBase(InputModel):
    """What clients decide about one group."""

    group: Group


class GroupCreate(GroupBase):
    """One new group."""


class GroupUpdate(InputModel):
    """Changes to one group: omitted members stay."""

    group: Group | MISSING = MISSING


class GroupRead(OutputModel):
    """A group."""

    id: UUID
    group: str
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class GroupSort(StrEnum):
    """The orders of the list of groups."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class GroupListQuery(PageQuery):
    """The query of the list of groups."""

    sort: GroupSort = GroupSort.CREATED_AT_DESC


class GroupPage(Page[GroupRead]):
    """One page of groups."""
