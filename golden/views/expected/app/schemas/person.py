"""API models of people."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.models.enums import PersonRole
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import DecimalText, Email, Line, Password, UtcDatetime
from app.schemas.values import Place, PlaceRead

PersonPassword = Annotated[Password, Field(min_length=8, max_length=128)]
Name = Annotated[Line, Field(min_length=1, max_length=80)]
Salary = Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,7})(\.[0-9]{1,2})?$")]


class PersonBase(InputModel):
    """What clients decide about one person."""

    email: Email
    password: PersonPassword
    name: Name
    home: Place | None = None
    salary: Salary | None = None


class PersonCreate(PersonBase):
    """One new person."""


class PersonUpdate(InputModel):
    """Changes to one person: omitted members stay, null clears those that may be null."""

    email: Email | MISSING = MISSING
    password: PersonPassword | MISSING = MISSING
    name: Name | MISSING = MISSING
    home: Place | MISSING | None = MISSING
    salary: Salary | MISSING | None = MISSING


class PersonRead(OutputModel):
    """A person."""

    id: UUID
    email: str
    name: str
    role: PersonRole
    home: PlaceRead | None
    salary: Salary | MISSING | None = Field(
        default=MISSING, description="Left out unless the caller may read it: role(admin)."
    )
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class PersonSort(StrEnum):
    """The orders of the list of people."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class PersonListQuery(PageQuery):
    """The query of the list of people."""

    sort: PersonSort = PersonSort.CREATED_AT_DESC


class PersonPage(Page[PersonRead]):
    """One page of people."""
