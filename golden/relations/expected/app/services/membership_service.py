"""Memberships."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Membership
from app.repositories.employee_repository import EmployeeRepository
from app.repositories.membership_repository import MembershipRepository
from app.repositories.project_repository import ProjectRepository
from app.schemas.membership import MembershipCreate, MembershipListQuery, MembershipUpdate


class MembershipService:
    """Use cases of memberships."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._memberships = MembershipRepository(session)
        self._employees = EmployeeRepository(session)
        self._projects = ProjectRepository(session)

    async def list(self, query: MembershipListQuery) -> tuple[Sequence[Membership], str | None]:
        """List memberships."""
        return await self._memberships.list(query)

    async def get(self, employee_id: UUID, project_id: UUID) -> Membership:
        """Return one membership."""
        membership = await self._memberships.get(employee_id, project_id)
        if membership is None:
            detail = "Membership not found"
            raise NotFoundError(detail)
        return membership

    async def create(self, data: MembershipCreate) -> Membership:
        """Create a membership."""
        await self._check_employee(data.employee_id)
        await self._check_project(data.project_id)
        membership = Membership(
            since=data.since, employee_id=data.employee_id, project_id=data.project_id
        )
        await self._memberships.create(membership)
        return membership

    async def update(
        self, employee_id: UUID, project_id: UUID, data: MembershipUpdate
    ) -> Membership:
        """Change a membership."""
        membership = await self.get(employee_id, project_id)
        if data.since is not MISSING:
            membership.since = data.since
        await self._memberships.update(membership)
        return membership

    async def delete(self, employee_id: UUID, project_id: UUID) -> None:
        """Delete a membership."""
        membership = await self.get(employee_id, project_id)
        await self._memberships.delete(membership)

    async def _check_employee(self, employee_id: UUID) -> None:
        if await self._employees.get(employee_id) is None:
            detail = "Employee not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/employee_id", "No such employee", "reference")]
            )

    async def _check_project(self, project_id: UUID) -> None:
        if await self._projects.get(project_id) is None:
            detail = "Project not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/project_id", "No such project", "reference")]
            )
