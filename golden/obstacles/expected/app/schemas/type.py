"""API models of types."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import AnyLine, UtcDatetime

Type = Annotated[AnyLine, Field(max_length=255)]


class TypeBase(InputModel):
    """What clients decide about one type."""

    type_: Type | None = Field(default=None, alias="type")


class TypeCreate(TypeBase):
    """One new type."""


class TypeUpdate(InputModel):
    """Changes to one type: omitted members stay, null clears those that may be null."""

    type_: Type | MISSING | None = Field(default=MISSING, alias="type")


class TypeRead(OutputModel):
    """A type."""

    id: UUID
    type_: str | None = Field(serialization_alias="type")
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class TypeSort(StrEnum):
    """The orders of the list of types."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class TypeListQuery(PageQuery):
    """The query of the list of types."""

    sort: TypeSort = TypeSort.CREATED_AT_DESC


class TypePage(Page[TypeRead]):
    """One page of types."""
