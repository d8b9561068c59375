"""API models of users."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.models.enums import UserRole
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Email, Line, Password, UtcDatetime

FullName = Annotated[Line, Field(min_length=1, max_length=120)]
UserPassword = Annotated[Password, Field(min_length=8, max_length=128)]


class UserBase(InputModel):
    """What clients decide about one user."""

    email: Email
    full_name: FullName | None = None
    password: UserPassword


class UserCreate(UserBase):
    """One new user."""


class UserUpdate(InputModel):
    """Changes to one user: omitted members stay, null clears those that may be null."""

    email: Email | MISSING = MISSING
    full_name: FullName | MISSING | None = MISSING
    password: UserPassword | MISSING = MISSING


class UserRead(OutputModel):
    """A user."""

    id: UUID
    email: str
    full_name: str | None
    role: UserRole
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class UserSort(StrEnum):
    """The orders of the list of users."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class UserListQuery(PageQuery):
    """The query of the list of users."""

    sort: UserSort = UserSort.CREATED_AT_DESC


class UserPage(Page[UserRead]):
    """One page of users."""
