"""Badges."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Badge
from app.repositories.badge_repository import BadgeRepository
from app.repositories.employee_repository import EmployeeRepository
from app.schemas.badge import BadgeCreate, BadgeListQuery, BadgeUpdate


class BadgeService:
    """Use cases of badges."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._badges = BadgeRepository(session)
        self._employees = EmployeeRepository(session)

    async def list(self, query: BadgeListQuery) -> tuple[Sequence[Badge], int]:
        """List badges."""
        return await self._badges.list(query)

    async def get(self, badge_id: UUID) -> Badge:
        """Return one badge."""
        badge = await self._badges.get(badge_id)
        if badge is None:
            detail = "Badge not found"
            raise NotFoundError(detail)
        return badge

    async def create(self, data: BadgeCreate) -> Badge:
        """Create a badge."""
        await self._check_holder(data.holder_id)
        await self._check_replaces(data.replaces_id)
        badge = Badge(code=data.code, holder_id=data.holder_id, replaces_id=data.replaces_id)
        await self._badges.create(badge)
        return badge

    async def update(self, badge_id: UUID, data: BadgeUpdate) -> Badge:
        """Change a badge."""
        badge = await self.get(badge_id)
        if data.code is not MISSING:
            badge.code = data.code
        if data.holder_id is not MISSING:
            await self._check_holder(data.holder_id)
            badge.holder_id = data.holder_id
        if data.replaces_id is not MISSING:
            await self._check_replaces(data.replaces_id)
            badge.replaces_id = data.replaces_id
        await self._badges.update(badge)
        return badge

    async def delete(self, badge_id: UUID) -> None:
        """Delete a badge."""
        badge = await self.get(badge_id)
        await self._badges.delete(badge)

    async def _check_holder(self, holder_id: UUID) -> None:
        if await self._employees.get(holder_id) is None:
            detail = "Employee not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/holder_id", "No such employee", "reference")]
            )

    async def _check_replaces(self, replaces_id: UUID | None) -> None:
        if replaces_id is not None and await self._badges.get(replaces_id) is None:
            detail = "Badge not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/replaces_id", "No such badge", "reference")]
            )
