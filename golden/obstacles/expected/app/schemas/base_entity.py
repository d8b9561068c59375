"""API models of bases."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import AnyLine, UtcDatetime

BaseBaseValue = Annotated[AnyLine, Field(max_length=255)]


class BaseBase(InputModel):
    """What clients decide about one base."""

    base: BaseBaseValue | None = None


class BaseCreate(BaseBase):
    """One new base."""


class BaseUpdate(InputModel):
    """Changes to one base: omitted members stay, null clears those that may be null."""

    base: BaseBaseValue | MISSING | None = MISSING


class BaseRead(OutputModel):
    """A base."""

    id: UUID
    base: str | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class BaseSort(StrEnum):
    """The orders of the list of bases."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class BaseListQuery(PageQuery):
    """The query of the list of bases."""

    sort: BaseSort = BaseSort.CREATED_AT_DESC


class BasePage(Page[BaseRead]):
    """One page of bases."""
