"""API models of repositories."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import AnyLine, UtcDatetime

RepositoryRepository = Annotated[AnyLine, Field(max_length=255)]


class RepositoryBase(InputModel):
    """What clients decide about one repository."""

    repository: RepositoryRepository | None = None


class RepositoryCreate(RepositoryBase):
    """One new repository."""


class RepositoryUpdate(InputModel):
    """Changes to one repository: omitted members stay, null clears those that may be null."""

    repository: RepositoryRepository | MISSING | None = MISSING


class RepositoryRead(OutputModel):
    """A repository."""

    id: UUID
    repository: str | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class RepositorySort(StrEnum):
    """The orders of the list of repositories."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class RepositoryListQuery(PageQuery):
    """The query of the list of repositories."""

    sort: RepositorySort = RepositorySort.CREATED_AT_DESC


class RepositoryPage(Page[RepositoryRead]):
    """One page of repositories."""
