"""API models of enums."""

from enum import StrEnum
from uuid import UUID

from pydantic import MISSING

from app.models.enums import LiteralEnum
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import UtcDatetime


class EnumBase(InputModel):
    """What clients decide about one enum."""

    enum: LiteralEnum | None = None


class EnumCreate(EnumBase):
    """One new enum."""


class EnumUpdate(InputModel):
    """Changes to one enum: omitted members stay, null clears those that may be null."""

    enum: LiteralEnum | MISSING | None = MISSING


class EnumRead(OutputModel):
    """An enum."""

    id: UUID
    enum: LiteralEnum | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class EnumSort(StrEnum):
    """The orders of the list of enums."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class EnumListQuery(PageQuery):
    """The query of the list of enums."""

    sort: EnumSort = EnumSort.CREATED_AT_DESC


class EnumPage(Page[EnumRead]):
    """One page of enums."""
