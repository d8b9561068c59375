"""Teams."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, PermissionDeniedError, RuleViolationError
from app.core.writable import require_writable
from app.models import Member, Team
from app.models.enums import MemberRole
from app.repositories.member_repository import MemberRepository
from app.repositories.team_repository import TeamRepository
from app.schemas.team import TeamCreate, TeamListQuery, TeamRead, TeamReplace, TeamUpdate


class TeamService:
    """Use cases of teams."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._teams = TeamRepository(session)
        self._members = MemberRepository(session)

    async def list(self, query: TeamListQuery) -> tuple[Sequence[Team], int]:
        """List teams."""
        return await self._teams.list(query)

    async def get(self, team_id: UUID) -> Team:
        """Return one team."""
        team = await self._teams.get(team_id)
        if team is None:
            detail = "Team not found"
            raise NotFoundError(detail)
        return team

    async def create(self, data: TeamCreate, caller: Member) -> Team:
        """Create a team."""
        require_writable(data, {"budget": _writes_budget(caller)})
        await self._check_lead(data.lead_id)
        team = Team(name=data.name, budget=data.budget, lead_id=data.lead_id)
        if not _may_write(team, caller):
            detail = "You may not create this team"
            raise PermissionDeniedError(detail)
        await self._teams.create(team)
        return team

    async def update(self, team_id: UUID, data: TeamUpdate, caller: Member) -> Team:
        """Change a team."""
        team = await self.get(team_id)
        _require_write(team, caller)
        require_writable(data, {"budget": _writes_budget(caller)})
        if data.name is not MISSING:
            team.name = data.name
        if data.budget is not MISSING:
            team.budget = data.budget
        if data.lead_id is not MISSING:
            await self._check_lead(data.lead_id)
            team.lead_id = data.lead_id
        _require_write(team, caller)
        await self._teams.update(team)
        return team

    async def replace(self, team_id: UUID, data: TeamReplace, caller: Member) -> Team:
        """Replace a team."""
        team = await self.get(team_id)
        _require_write(team, caller)
        require_writable(data, {"budget": _writes_budget(caller)})
        team.name = data.name
        if data.budget is not MISSING:
            team.budget = data.budget
        await self._check_lead(data.lead_id)
        team.lead_id = data.lead_id
        _require_write(team, caller)
        await self._teams.update(team)
        return team

    async def delete(self, team_id: UUID, caller: Member) -> None:
        """Delete a team."""
        team = await self.get(team_id)
        if not _may_write(team, caller):
            detail = "You may not delete this team"
            raise PermissionDeniedError(detail)
        await self._teams.delete(team)

    @staticmethod
    def represent(team: Team, caller: Member) -> TeamRead:
        """Show one team without what the caller may not read."""
        shown = TeamRead.model_validate(team)
        if not _reads_budget(team, caller):
            shown.budget = MISSING
        return shown

    async def _check_lead(self, lead_id: UUID) -> None:
        if await self._members.get(lead_id) is None:
            detail = "Member not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/lead_id", "No such member", "reference")]
            )


def _may_write(team: Team, caller: Member) -> bool:
    return caller.role is MemberRole.ADMIN or team.lead_id == caller.id


def _require_write(team: Team, caller: Member) -> None:
    if not _may_write(team, caller):
        detail = "You may not change this team"
        raise PermissionDeniedError(detail)


def _reads_budget(team: Team, caller: Member) -> bool:
    return caller.role is MemberRole.ADMIN or team.lead_id == caller.id


def _writes_budget(caller: Member) -> bool:
    return caller.role is MemberRole.ADMIN
