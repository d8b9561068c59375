"""Projects."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Project
from app.repositories.project_repository import ProjectRepository
from app.schemas.project import ProjectCreate, ProjectListQuery, ProjectUpdate


class ProjectService:
    """Use cases of projects."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._projects = ProjectRepository(session)

    async def list(self, query: ProjectListQuery) -> tuple[Sequence[Project], int]:
        """List projects."""
        return await self._projects.list(query)

    async def get(self, project_id: UUID) -> Project:
        """Return one project."""
        project = await self._projects.get(project_id)
        if project is None:
            detail = "Project not found"
            raise NotFoundError(detail)
        return project

    async def create(self, data: ProjectCreate) -> Project:
        """Create a project."""
        project = Project(title=data.title)
        await self._projects.create(project)
        return project

    async def update(self, project_id: UUID, data: ProjectUpdate) -> Project:
        """Change a project."""
        project = await self.get(project_id)
        if data.title is not MISSING:
            project.title = data.title
        await self._projects.update(project)
        return project

    async def delete(self, project_id: UUID) -> None:
        """Delete a project."""
        project = await self.get(project_id)
        await self._projects.delete(project)
