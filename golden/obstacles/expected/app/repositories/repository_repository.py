"""Queries on repositories."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import RepositoryEntity
from app.repositories.base import Repository
from app.schemas.repository import RepositoryListQuery, RepositorySort

_ORDERS: dict[RepositorySort, UnaryExpression[Any]] = {
    RepositorySort.CREATED_AT: RepositoryEntity.created_at.asc(),
    RepositorySort.CREATED_AT_DESC: RepositoryEntity.created_at.desc(),
}


class RepositoryRepository(Repository[RepositoryEntity]):
    """Repositories."""

    model = RepositoryEntity

    async def get(self, repository_id: UUID) -> RepositoryEntity | None:
        """Return the repository with this key, if there is one."""
        return await self.session.scalar(self.select().where(RepositoryEntity.id == repository_id))

    async def list(self, query: RepositoryListQuery) -> tuple[Sequence[RepositoryEntity], int]:
        """Return one page of the repositories."""
        statement = self.select().order_by(_ORDERS[query.sort], RepositoryEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
