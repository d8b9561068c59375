"""API models of members."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, BaseModel, Field

from app.models.enums import MemberRole
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Email, Password, UtcDatetime

MemberPassword = Annotated[Password, Field(min_length=8, max_length=128)]


class MemberBase(InputModel):
    """What clients decide about one member."""

    email: Email
    password: MemberPassword


class MemberCreate(MemberBase):
    """One new member."""


class MemberUpdate(InputModel):
    """Changes to one member: omitted members stay."""

    email: Email | MISSING = MISSING
    password: MemberPassword | MISSING = MISSING


class MemberRead(OutputModel):
    """A member."""

    id: UUID
    email: str
    role: MemberRole
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class MemberSort(StrEnum):
    """The orders of the list of members."""

    CREATED_AT = "createdAt"
    CREATED_AT_DESC = "-createdAt"


class MemberListQuery(PageQuery):
    """The query of the list of members."""

    sort: MemberSort = MemberSort.CREATED_AT_DESC


class MemberPage(Page[MemberRead]):
    """One page of members."""


class MemberCreateEnvelope(InputModel):
    """A request with one new member."""

    item: MemberCreate = Field(alias="user")


class MemberUpdateEnvelope(InputModel):
    """A request with changes to one member."""

    item: MemberUpdate = Field(alias="user")


class MemberReadEnvelope(BaseModel):
    """An answer with one member."""

    item: MemberRead = Field(serialization_alias="user")
