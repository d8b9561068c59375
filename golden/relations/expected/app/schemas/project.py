"""API models of projects."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line, UtcDatetime

Title = Annotated[Line, Field(min_length=1, max_length=80)]


class ProjectBase(InputModel):
    """What clients decide about one project."""

    title: Title


class ProjectCreate(ProjectBase):
    """One new project."""


class ProjectUpdate(InputModel):
    """Changes to one project: omitted members stay."""

    title: Title | MISSING = MISSING


class ProjectRead(OutputModel):
    """A project."""

    id: UUID
    title: str
    member_ids: list[UUID]
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class ProjectSort(StrEnum):
    """The orders of the list of projects."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class ProjectListQuery(PageQuery):
    """The query of the list of projects."""

    sort: ProjectSort = ProjectSort.CREATED_AT_DESC


class ProjectPage(Page[ProjectRead]):
    """One page of projects."""
