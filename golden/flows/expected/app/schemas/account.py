"""API models of accounts."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import DecimalText, Line, UtcDatetime

Name = Annotated[Line, Field(min_length=1, max_length=80)]


class AccountBase(InputModel):
    """What clients decide about one account."""

    name: Name


class AccountCreate(AccountBase):
    """One new account."""


class AccountUpdate(InputModel):
    """Changes to one account: omitted members stay."""

    name: Name | MISSING = MISSING


class AccountRead(OutputModel):
    """An account."""

    id: UUID
    name: str
    balance: Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")]
    closed_at: UtcDatetime | None
    owner_id: UUID
    keeper_id: UUID | None
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class AccountSort(StrEnum):
    """The orders of the list of accounts."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class AccountListQuery(PageQuery):
    """The query of the list of accounts."""

    sort: AccountSort = AccountSort.CREATED_AT_DESC


class AccountPage(Page[AccountRead]):
    """One page of accounts."""
