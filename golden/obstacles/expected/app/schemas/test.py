"""API models of tests."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import AnyLine, UtcDatetime

Test = Annotated[AnyLine, Field(max_length=255)]


class TestBase(InputModel):
    """What clients decide about one test."""

    test: Test | None = None


class TestCreate(TestBase):
    """One new test."""


class TestUpdate(InputModel):
    """Changes to one test: omitted members stay, null clears those that may be null."""

    test: Test | MISSING | None = MISSING


class TestRead(OutputModel):
    """A test."""

    id: UUID
    test: str | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class TestSort(StrEnum):
    """The orders of the list of tests."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class TestListQuery(PageQuery):
    """The query of the list of tests."""

    sort: TestSort = TestSort.CREATED_AT_DESC


class TestPage(Page[TestRead]):
    """One page of tests."""
