"""API models of employees."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line, UtcDatetime

Name = Annotated[Line, Field(min_length=1, max_length=80)]
FriendIds = Annotated[list[UUID], Field(max_length=100)]


class EmployeeBase(InputModel):
    """What clients decide about one employee."""

    name: Name
    manager_id: UUID | None = None
    mentor_id: UUID | None = None
    home_id: UUID | None = None
    friend_ids: FriendIds = Field(default_factory=list[UUID])


class EmployeeCreate(EmployeeBase):
    """One new employee."""


class EmployeeUpdate(InputModel):
    """Changes to one employee: omitted members stay, null clears those that may be null."""

    name: Name | MISSING = MISSING
    manager_id: UUID | MISSING | None = MISSING
    mentor_id: UUID | MISSING | None = MISSING
    home_id: UUID | MISSING | None = MISSING
    friend_ids: FriendIds | MISSING = MISSING


class EmployeeRead(OutputModel):
    """An employee."""

    id: UUID
    name: str
    manager_id: UUID | None
    mentor_id: UUID | None
    home_id: UUID | None
    friend_ids: list[UUID]
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class EmployeeSort(StrEnum):
    """The orders of the list of employees."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class EmployeeListQuery(PageQuery):
    """The query of the list of employees."""

    sort: EmployeeSort = EmployeeSort.CREATED_AT_DESC


class EmployeePage(Page[EmployeeRead]):
    """One page of employees."""
