"""Repositories."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import RepositoryEntity
from app.repositories.repository_repository import RepositoryRepository
from app.schemas.repository import RepositoryCreate, RepositoryListQuery, RepositoryUpdate


class RepositoryService:
    """Use cases of repositories."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._repositories = RepositoryRepository(session)

    async def list(self, query: RepositoryListQuery) -> tuple[Sequence[RepositoryEntity], int]:
        """List repositories."""
        return await self._repositories.list(query)

    async def get(self, repository_id: UUID) -> RepositoryEntity:
        """Return one repository."""
        repository = await self._repositories.get(repository_id)
        if repository is None:
            detail = "Repository not found"
            raise NotFoundError(detail)
        return repository

    async def create(self, data: RepositoryCreate) -> RepositoryEntity:
        """Create a repository."""
        repository = RepositoryEntity(repository=data.repository)
        await self._repositories.create(repository)
        return repository

    async def update(self, repository_id: UUID, data: RepositoryUpdate) -> RepositoryEntity:
        """Change a repository."""
        repository = await self.get(repository_id)
        if data.repository is not MISSING:
            repository.repository = data.repository
        await self._repositories.update(repository)
        return repository

    async def delete(self, repository_id: UUID) -> None:
        """Delete a repository."""
        repository = await self.get(repository_id)
        await self._repositories.delete(repository)
