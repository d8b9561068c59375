"""API models of towns."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import CursorPage, CursorQuery, InputModel, OutputModel
from app.schemas.types import Line, Slug, UtcDatetime

Name = Annotated[Line, Field(min_length=1, max_length=80)]
TownSlug = Annotated[Slug, Field(max_length=200)]


class TownBase(InputModel):
    """What clients decide about one town."""

    name: Name
    slug: TownSlug | MISSING = MISSING


class TownCreate(TownBase):
    """One new town."""


class TownUpdate(InputModel):
    """Changes to one town: omitted members stay."""

    name: Name | MISSING = MISSING
    slug: TownSlug | MISSING = MISSING


class TownRead(OutputModel):
    """A town."""

    id: UUID
    name: str
    slug: str
    region_id: int
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class TownSort(StrEnum):
    """The orders of the list of towns."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class TownListQuery(CursorQuery):
    """The query of the list of towns."""

    sort: TownSort = TownSort.CREATED_AT_DESC


class TownPage(CursorPage[TownRead]):
    """One page of towns."""
