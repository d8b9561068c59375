"""API models of offices."""

from datetime import time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field, JsonValue

from app.core.clock import utctoday
from app.core.ids import uuid7
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Date, DecimalText, Email, Json, Line, Matching, Time, UtcDatetime
from app.schemas.values import Address, AddressRead

City = Annotated[Line, Field(min_length=1, max_length=60)]
Rent = Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,7})(\.[0-9]{1,2})?$")]
Phones = Annotated[list[Annotated[Line, Field(min_length=1, max_length=30)]], Field(max_length=100)]
CountryCode = Annotated[Line, Field(min_length=2, max_length=2), Matching("^[A-Z]{2}$")]


class OfficeBase(InputModel):
    """What clients decide about one office."""

    city: City
    address: Address
    rent: Rent
    opened: Date = Field(default_factory=utctoday)
    hours: Time = time.fromisoformat("09:00:00")
    settings: Json = Field(default_factory=dict[str, JsonValue])
    phones: Phones = Field(default_factory=list[str])
    contact: Email | None = None
    key: UUID = Field(default_factory=uuid7)
    country_code: CountryCode
    manager_id: UUID | None = None


class OfficeCreate(OfficeBase):
    """One new office."""


class OfficeUpdate(InputModel):
    """Changes to one office: omitted members stay, null clears those that may be null."""

    city: City | MISSING = MISSING
    address: Address | MISSING = MISSING
    rent: Rent | MISSING = MISSING
    opened: Date | MISSING = MISSING
    hours: Time | MISSING = MISSING
    settings: Json | MISSING = MISSING
    phones: Phones | MISSING = MISSING
    contact: Email | MISSING | None = MISSING
    key: UUID | MISSING = MISSING
    country_code: CountryCode | MISSING = MISSING
    manager_id: UUID | MISSING | None = MISSING


class OfficeRead(OutputModel):
    """An office."""

    id: UUID
    city: str
    address: AddressRead
    rent: Rent
    opened: Date
    hours: Time
    settings: Json
    phones: list[str]
    contact: str | None
    key: UUID
    made_by: str
    country_code: str
    manager_id: UUID | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class OfficeSort(StrEnum):
    """The orders of the list of offices."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class OfficeListQuery(PageQuery):
    """The query of the list of offices."""

    sort: OfficeSort = OfficeSort.CREATED_AT_DESC


class OfficePage(Page[OfficeRead]):
    """One page of offices."""
