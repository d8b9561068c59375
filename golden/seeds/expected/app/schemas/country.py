"""API models of countries."""

from enum import StrEnum
from typing import Annotated

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line, Matching

Code = Annotated[Line, Field(min_length=2, max_length=2), Matching("^[A-Z]{2}$")]
Name = Annotated[Line, Field(min_length=1, max_length=80)]


class CountryBase(InputModel):
    """What clients decide about one country."""

    name: Name


class CountryCreate(CountryBase):
    """One new country."""

    code: Code


class CountryUpdate(InputModel):
    """Changes to one country: omitted members stay."""

    name: Name | MISSING = MISSING


class CountryRead(OutputModel):
    """A country."""

    code: str
    name: str


class CountrySort(StrEnum):
    """The orders of the list of countries."""

    CODE = "code"
    CODE_DESC = "-code"


class CountryListQuery(PageQuery):
    """The query of the list of countries."""

    sort: CountrySort = CountrySort.CODE


class CountryPage(Page[CountryRead]):
    """One page of countries."""
