"""API models of members."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.models.enums import MemberRole, Standing
from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Absent, Email, Int, Line, Password, SearchText, UtcDatetime

Name = Annotated[Line, Field(min_length=1, max_length=80)]
Desk = Annotated[Int, Field(ge=1, le=400), WHOLE]
Languages = Annotated[
    list[Annotated[Line, Field(min_length=2, max_length=20)]], Field(max_length=100)
]
Phone = Annotated[Line, Field(min_length=3, max_length=20)]
Grade = Annotated[Int, Field(ge=1, le=9), WHOLE]
MemberPassword = Annotated[Password, Field(min_length=8, max_length=64)]


class MemberBase(InputModel):
    """What clients decide about one member."""

    email: Email
    name: Name
    desk: Desk
    languages: Languages
    phone: Phone | None = None
    grade: Grade | None = Field(
        default=None, description="Refused with 403 unless the caller may write it: role(admin)."
    )
    password: MemberPassword


class MemberCreate(MemberBase):
    """One new member."""


class MemberUpdate(InputModel):
    """Changes to one member: omitted members stay, null clears those that may be null."""

    email: Email | MISSING = MISSING
    name: Name | MISSING = MISSING
    desk: Desk | MISSING = MISSING
    languages: Languages | MISSING = MISSING
    phone: Phone | MISSING | None = MISSING
    grade: Grade | MISSING | None = Field(
        default=MISSING, description="Refused with 403 unless the caller may write it: role(admin)."
    )
    password: MemberPassword | MISSING = MISSING


class MemberRead(OutputModel):
    """A member."""

    id: UUID
    email: str
    name: str
    desk: int
    languages: list[str]
    phone: str | MISSING | None = Field(
        default=MISSING,
        description="Left out unless the caller may read it: self == current_user or role(admin).",
    )
    grade: int | MISSING | None = Field(
        default=MISSING, description="Left out unless the caller may read it: authenticated."
    )
    role: MemberRole
    standing: Standing
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class MemberSort(StrEnum):
    """The orders of the list of members."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"
    NAME = "name"
    NAME_DESC = "-name"


class MemberListQuery(PageQuery):
    """The query of the list of members."""

    q: SearchText | Absent = None
    sort: MemberSort = MemberSort.CREATED_AT_DESC


class MemberPage(Page[MemberRead]):
    """One page of members."""
