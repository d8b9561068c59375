"""API models of optionals."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import AnyLine, UtcDatetime

OptionalOptional = Annotated[AnyLine, Field(max_length=255)]


class OptionalBase(InputModel):
    """What clients decide about one optional."""

    optional: OptionalOptional | None = None


class OptionalCreate(OptionalBase):
    """One new optional."""


class OptionalUpdate(InputModel):
    """Changes to one optional: omitted members stay, null clears those that may be null."""

    optional: OptionalOptional | MISSING | None = MISSING


class OptionalRead(OutputModel):
    """An optional."""

    id: UUID
    optional: str | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class OptionalSort(StrEnum):
    """The orders of the list of optionals."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class OptionalListQuery(PageQuery):
    """The query of the list of optionals."""

    sort: OptionalSort = OptionalSort.CREATED_AT_DESC


class OptionalPage(Page[OptionalRead]):
    """One page of optionals."""
