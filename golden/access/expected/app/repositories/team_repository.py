"""Queries on teams."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Team
from app.repositories.base import Repository
from app.schemas.team import TeamListQuery, TeamSort

_ORDERS: dict[TeamSort, UnaryExpression[Any]] = {
    TeamSort.CREATED_AT: Team.created_at.asc(),
    TeamSort.CREATED_AT_DESC: Team.created_at.desc(),
}


class TeamRepository(Repository[Team]):
    """Teams."""

    model = Team

    async def get(self, team_id: UUID) -> Team | None:
        """Return the team with this key, if there is one."""
        return await self.session.scalar(self.select().where(Team.id == team_id))

    async def get_many(self, keys: Sequence[UUID]) -> Sequence[Team]:
        """Return the teams with these keys, as far as they exist."""
        statement = self.select().where(Team.id.in_(keys))
        return (await self.session.scalars(statement)).all()

    async def list(self, query: TeamListQuery) -> tuple[Sequence[Team], int]:
        """Return one page of the teams."""
        statement = self.select().order_by(_ORDERS[query.sort], Team.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
