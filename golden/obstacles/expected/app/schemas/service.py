"""API models of services."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import AnyLine, UtcDatetime

Service = Annotated[AnyLine, Field(max_length=255)]


class ServiceBase(InputModel):
    """What clients decide about one service."""

    service: Service | None = None


class ServiceCreate(ServiceBase):
    """One new service."""


class ServiceUpdate(InputModel):
    """Changes to one service: omitted members stay, null clears those that may be null."""

    service: Service | MISSING | None = MISSING


class ServiceRead(OutputModel):
    """A service."""

    id: UUID
    service: str | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class ServiceSort(StrEnum):
    """The orders of the list of services."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class ServiceListQuery(PageQuery):
    """The query of the list of services."""

    sort: ServiceSort = ServiceSort.CREATED_AT_DESC


class ServicePage(Page[ServiceRead]):
    """One page of services."""
