"""API models of users."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.models.enums import UserRole
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Email, Password, UtcDatetime

UserPassword = Annotated[Password, Field(min_length=8, max_length=128)]


class UserBase(InputModel):
    """What clients decide about one user."""

    email: Email
    password: UserPassword


class UserCreate(UserBase):
    """One new user."""


class UserUpdate(InputModel):
    """Changes to one user: omitted members stay."""

    email: Email | MISSING = MISSING
    password: UserPassword | MISSING = MISSING


class UserRead(OutputModel):
    """A user."""

    id: UUID
    email: str
    role: UserRole
    lambda_: int = Field(serialization_alias="lambda")
    cls: bool
    metadata_: str = Field(serialization_alias="metadata")
    model_fields_: int = Field(
        serialization_alias="model_fields", description='Text that means something: """ {{ x }} \\'
    )
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
