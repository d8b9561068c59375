"""API models of authors."""

from enum import StrEnum
from typing import Annotated

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Absent, Date, Line, UtcDatetime

Name = Annotated[Line, Field(min_length=1, max_length=120)]


class AuthorBase(InputModel):
    """What clients decide about one author."""

    name: Name
    born: Date | None = None


class AuthorCreate(AuthorBase):
    """One new author."""


class AuthorUpdate(InputModel):
    """Changes to one author: omitted members stay, null clears those that may be null."""

    name: Name | MISSING = MISSING
    born: Date | MISSING | None = MISSING


class AuthorRead(OutputModel):
    """An author."""

    id: int
    name: str
    born: Date | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class AuthorSort(StrEnum):
    """The orders of the list of authors."""

    CREATED_AT = "createdAt"
    CREATED_AT_DESC = "-createdAt"
    ID = "id"
    ID_DESC = "-id"


class AuthorListQuery(PageQuery):
    """The query of the list of authors."""

    id: Annotated[int, Field(ge=1, lt=9_223_372_036_854_775_808)] | Absent = None
    id_min: Annotated[int, Field(ge=1, lt=9_223_372_036_854_775_808)] | Absent = None
    id_max: Annotated[int, Field(ge=1, lt=9_223_372_036_854_775_808)] | Absent = None
    sort: AuthorSort = AuthorSort.CREATED_AT_DESC


class AuthorPage(Page[AuthorRead]):
    """One page of authors."""
