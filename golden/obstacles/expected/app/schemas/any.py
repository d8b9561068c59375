"""API models of anies."""

from enum import StrEnum
from uuid import UUID

from pydantic import MISSING

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Json, UtcDatetime


class AnyBase(InputModel):
    """What clients decide about one any."""

    any: Json | None = None


class AnyCreate(AnyBase):
    """One new any."""


class AnyUpdate(InputModel):
    """Changes to one any: omitted members stay, null clears those that may be null."""

    any: Json | MISSING | None = MISSING


class AnyRead(OutputModel):
    """An any."""

    id: UUID
    any: Json | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class AnySort(StrEnum):
    """The orders of the list of anies."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class AnyListQuery(PageQuery):
    """The query of the list of anies."""

    sort: AnySort = AnySort.CREATED_AT_DESC


class AnyPage(Page[AnyRead]):
    """One page of anies."""
