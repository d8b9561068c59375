"""API models of regions."""

from enum import StrEnum
from typing import Annotated

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line, UtcDatetime

Name = Annotated[Line, Field(min_length=1, max_length=80)]


class RegionBase(InputModel):
    """What clients decide about one region."""

    name: Name


class RegionCreate(RegionBase):
    """One new region."""


class RegionUpdate(InputModel):
    """Changes to one region: omitted members stay."""

    name: Name | MISSING = MISSING


class RegionRead(OutputModel):
    """A region."""

    id: int
    name: str
    country_code: str
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class RegionSort(StrEnum):
    """The orders of the list of regions."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class RegionListQuery(PageQuery):
    """The query of the list of regions."""

    sort: RegionSort = RegionSort.CREATED_AT_DESC


class RegionPage(Page[RegionRead]):
    """One page of regions."""
