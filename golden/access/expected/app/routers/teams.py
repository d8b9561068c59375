"""Teams."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import CurrentUserDep, TeamServiceDep
from app.schemas.team import TeamCreate, TeamListQuery, TeamPage, TeamRead, TeamReplace, TeamUpdate
from app.services.team_service import TeamService

router = APIRouter(prefix="/teams", tags=["teams"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_teams(
    query: Annotated[TeamListQuery, Query()], teams: TeamServiceDep, caller: CurrentUserDep
) -> TeamPage:
    """List teams."""
    rows, total = await teams.list(query)
    return TeamPage(
        items=[TeamService.represent(row, caller) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{team_id:uuid}", responses=problems(401, 404))
async def get_team(team_id: UUID, teams: TeamServiceDep, caller: CurrentUserDep) -> TeamRead:
    """Return one team."""
    team = await teams.get(team_id)
    return TeamService.represent(team, caller)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 403, 409))
async def create_team(
    data: TeamCreate, teams: TeamServiceDep, caller: CurrentUserDep, response: Response
) -> TeamRead:
    """Create a team."""
    team = await teams.create(data, caller)
    response.headers["Location"] = f"/api/v1/teams/{team.id}"
    return TeamService.represent(team, caller)


@router.patch("/{team_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_team(
    team_id: UUID, data: TeamUpdate, teams: TeamServiceDep, caller: CurrentUserDep
) -> TeamRead:
    """Change a team."""
    team = await teams.update(team_id, data, caller)
    return TeamService.represent(team, caller)


@router.put("/{team_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def replace_team(
    team_id: UUID, data: TeamReplace, teams: TeamServiceDep, caller: CurrentUserDep
) -> TeamRead:
    """Replace a team."""
    team = await teams.replace(team_id, data, caller)
    return TeamService.represent(team, caller)


@router.delete(
    "/{team_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_team(team_id: UUID, teams: TeamServiceDep, caller: CurrentUserDep) -> None:
    """Delete a team."""
    await teams.delete(team_id, caller)
