"""API models of teams."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import WHOLE, Int, Line, UtcDatetime

Name = Annotated[Line, Field(min_length=1, max_length=80)]
Budget = Annotated[Int, Field(ge=0, le=1_000_000), WHOLE]


class TeamBase(InputModel):
    """What clients decide about one team."""

    name: Name
    lead_id: UUID


class TeamCreate(TeamBase):
    """One new team."""

    budget: Budget = Field(
        default=0, description="Refused with 403 unless the caller may write it: role(admin)."
    )


class TeamReplace(TeamBase):
    """All of one team, in place of what it was."""

    budget: Budget | MISSING = Field(
        default=MISSING, description="Refused with 403 unless the caller may write it: role(admin)."
    )


class TeamUpdate(InputModel):
    """Changes to one team: omitted members stay."""

    name: Name | MISSING = MISSING
    budget: Budget | MISSING = Field(
        default=MISSING, description="Refused with 403 unless the caller may write it: role(admin)."
    )
    lead_id: UUID | MISSING = MISSING


class TeamRead(OutputModel):
    """A team."""

    id: UUID
    name: str
    budget: int | MISSING = Field(
        default=MISSING,
        description="Left out unless the caller may read it: lead == current_user or role(admin).",
    )
    lead_id: UUID
    is_active: bool
    created_at: UtcDatetime
    updated_at: UtcDatetime


class TeamSort(StrEnum):
    """The orders of the list of teams."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class TeamListQuery(PageQuery):
    """The query of the list of teams."""

    sort: TeamSort = TeamSort.CREATED_AT_DESC


class TeamPage(Page[TeamRead]):
    """One page of teams."""
