"""Queries on projects."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression
from sqlalchemy.orm import selectinload

from app.models import Project
from app.repositories.base import Repository
from app.schemas.project import ProjectListQuery, ProjectSort

_ORDERS: dict[ProjectSort, UnaryExpression[Any]] = {
    ProjectSort.CREATED_AT: Project.created_at.asc(),
    ProjectSort.CREATED_AT_DESC: Project.created_at.desc(),
}


class ProjectRepository(Repository[Project]):
    """Projects."""

    model = Project
    options = (selectinload(Project.members),)

    async def get(self, project_id: UUID) -> Project | None:
        """Return the project with this key, if there is one."""
        return await self.session.scalar(self.select().where(Project.id == project_id))

    async def list(self, query: ProjectListQuery) -> tuple[Sequence[Project], int]:
        """Return one page of the projects."""
        statement = self.select().order_by(_ORDERS[query.sort], Project.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def create(self, entity: Project) -> None:
        """Insert ``entity`` now and read what it is linked to."""
        await super().create(entity)
        await self.session.refresh(entity, ["members"])
