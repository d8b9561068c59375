"""Groups."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Group
from app.repositories.group_repository import GroupRepository
from app.schemas.group import GroupCreate, GroupListQuery, GroupUpdate


class GroupService:
    """Use cases of groups."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._groups = GroupRepository(session)

    async def list(self, query: GroupListQuery) -> tuple[Sequence[Group], int]:
        """List groups."""
        return await self._groups.list(query)

    async def get(self, group_id: UUID) -> Group:
        """Return one group."""
        group = await self._groups.get(group_id)
        if group is None:
            detail = "Group not found"
            raise NotFoundError(detail)
        return group

    async def create(self, data: GroupCreate) -> Group:
        """Create a group."""
        group = Group(group=data.group)
        await self._groups.create(group)
        return group

    async def update(self, group_id: UUID, data: GroupUpdate) -> Group:
        """Change a group."""
        group = await self.get(group_id)
        if data.group is not MISSING:
            group.group = data.group
        await self._groups.update(group)
        return group

    async def delete(self, group_id: UUID) -> None:
        """Delete a group."""
        group = await self.get(group_id)
        await self._groups.delete(group)
