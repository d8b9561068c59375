"""API models of accounts."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.models.enums import AccountRole
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line, Matching, Password, UtcDatetime

Login = Annotated[Line, Field(min_length=3, max_length=40), Matching("^[a-z][a-z0-9-]*$")]
Passphrase = Annotated[Password, Field(min_length=12, max_length=200)]


class AccountBase(InputModel):
    """What clients decide about one account."""

    passphrase: Passphrase


class AccountCreate(AccountBase):
    """One new account."""

    login: Login


class AccountUpdate(InputModel):
    """Changes to one account: omitted members stay."""

    passphrase: Passphrase | MISSING = MISSING


class AccountRead(OutputModel):
    """An account."""

    id: UUID
    login: str
    role: AccountRole
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class AccountSort(StrEnum):
    """The orders of the list of accounts."""

    CREATED_AT = "createdAt"
    CREATED_AT_DESC = "-createdAt"


class AccountListQuery(PageQuery):
    """The query of the list of accounts."""

    sort: AccountSort = AccountSort.CREATED_AT_DESC


class AccountPage(Page[AccountRead]):
    """One page of accounts."""
