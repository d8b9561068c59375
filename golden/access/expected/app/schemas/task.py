"""API models of tasks."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line, UtcDatetime

Title = Annotated[Line, Field(min_length=1, max_length=120)]
TopicIds = Annotated[
    list[Annotated[Line, Field(min_length=1, max_length=40)]], Field(max_length=100)
]


class TaskBase(InputModel):
    """What clients decide about one task."""

    title: Title
    team_id: UUID
    topic_ids: TopicIds = Field(default_factory=list[str])


class TaskCreate(TaskBase):
    """One new task."""


class TaskReplace(TaskBase):
    """All of one task, in place of what it was."""


class TaskUpdate(InputModel):
    """Changes to one task: omitted members stay."""

    title: Title | MISSING = MISSING
    team_id: UUID | MISSING = MISSING
    topic_ids: TopicIds | MISSING = MISSING


class TaskRead(OutputModel):
    """A task."""

    id: UUID
    title: str
    team_id: UUID
    topic_ids: list[str]
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime
    version: int


class TaskSort(StrEnum):
    """The orders of the list of tasks."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class TaskListQuery(PageQuery):
    """The query of the list of tasks."""

    sort: TaskSort = TaskSort.CREATED_AT_DESC


class TaskPage(Page[TaskRead]):
    """One page of tasks."""


class TaskBulkCreate(InputModel):
    """New tasks: all of them are made, or none."""

    items: Annotated[list[TaskCreate], Field(min_length=1, max_length=100)]


class TaskBulkResult(OutputModel):
    """The tasks that were made."""

    items: list[TaskRead]
