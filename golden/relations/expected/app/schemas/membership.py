"""API models of memberships."""

from enum import StrEnum
from uuid import UUID

from pydantic import MISSING, Field

from app.core.clock import utctoday
from app.schemas.base import CursorPage, CursorQuery, InputModel, OutputModel
from app.schemas.types import Date, UtcDatetime


class MembershipBase(InputModel):
    """What clients decide about one membership."""

    since: Date = Field(default_factory=utctoday)


class MembershipCreate(MembershipBase):
    """One new membership."""

    employee_id: UUID
    project_id: UUID


class MembershipUpdate(InputModel):
    """Changes to one membership: omitted members stay."""

    since: Date | MISSING = MISSING


class MembershipRead(OutputModel):
    """A membership."""

    since: Date
    employee_id: UUID
    project_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class MembershipSort(StrEnum):
    """The orders of the list of memberships."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class MembershipListQuery(CursorQuery):
    """The query of the list of memberships."""

    sort: MembershipSort = MembershipSort.CREATED_AT_DESC


class MembershipPage(CursorPage[MembershipRead]):
    """One page of memberships."""
