"""API models of customers."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.models.enums import CustomerRole
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Email, Line, Password, UtcDatetime

Name = Annotated[Line, Field(min_length=1, max_length=120)]
CustomerPassword = Annotated[Password, Field(min_length=10, max_length=128)]


class CustomerBase(InputModel):
    """What clients decide about one customer."""

    email: Email
    name: Name
    password: CustomerPassword


class CustomerCreate(CustomerBase):
    """One new customer."""


class CustomerUpdate(InputModel):
    """Changes to one customer: omitted members stay."""

    email: Email | MISSING = MISSING
    name: Name | MISSING = MISSING
    password: CustomerPassword | MISSING = MISSING


class CustomerRead(OutputModel):
    """A customer."""

    id: UUID
    email: str
    name: str
    role: CustomerRole
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class CustomerSort(StrEnum):
    """The orders of the list of customers."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class CustomerListQuery(PageQuery):
    """The query of the list of customers."""

    sort: CustomerSort = CustomerSort.CREATED_AT_DESC


class CustomerPage(Page[CustomerRead]):
    """One page of customers."""
