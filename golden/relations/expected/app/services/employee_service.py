"""Employees."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import utcnow
from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Employee
from app.repositories.employee_repository import EmployeeRepository
from app.repositories.office_repository import OfficeRepository
from app.schemas.employee import EmployeeCreate, EmployeeListQuery, EmployeeUpdate


class EmployeeService:
    """Use cases of employees."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._employees = EmployeeRepository(session)
        self._offices = OfficeRepository(session)

    async def list(self, query: EmployeeListQuery) -> tuple[Sequence[Employee], int]:
        """List employees."""
        return await self._employees.list(query)

    async def get(self, employee_id: UUID) -> Employee:
        """Return one employee."""
        employee = await self._employees.get(employee_id)
        if employee is None:
            detail = "Employee not found"
            raise NotFoundError(detail)
        return employee

    async def create(self, data: EmployeeCreate) -> Employee:
        """Create an employee."""
        await self._check_manager(data.manager_id)
        await self._check_mentor(data.mentor_id)
        await self._check_home(data.home_id)
        employee = Employee(
            name=data.name,
            manager_id=data.manager_id,
            mentor_id=data.mentor_id,
            home_id=data.home_id,
            friends=list(await self._find_friends(data.friend_ids)),
        )
        await self._employees.create(employee)
        return employee

    async def update(self, employee_id: UUID, data: EmployeeUpdate) -> Employee:
        """Change an employee."""
        employee = await self.get(employee_id)
        if data.name is not MISSING:
            employee.name = data.name
        if data.manager_id is not MISSING:
            await self._check_manager(data.manager_id)
            employee.manager_id = data.manager_id
        if data.mentor_id is not MISSING:
            await self._check_mentor(data.mentor_id)
            employee.mentor_id = data.mentor_id
        if data.home_id is not MISSING:
            await self._check_home(data.home_id)
            employee.home_id = data.home_id
        if data.friend_ids is not MISSING:
            employee.friends = list(await self._find_friends(data.friend_ids))
            employee.updated_at = utcnow()
        await self._employees.update(employee)
        return employee

    async def delete(self, employee_id: UUID) -> None:
        """Delete an employee."""
        employee = await self.get(employee_id)
        await self._employees.delete(employee)

    async def _check_manager(self, manager_id: UUID | None) -> None:
        if manager_id is not None and await self._employees.get(manager_id) is None:
            detail = "Employee not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/manager_id", "No such employee", "reference")]
            )

    async def _check_mentor(self, mentor_id: UUID | None) -> None:
        if mentor_id is not None and await self._employees.get(mentor_id) is None:
            detail = "Employee not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/mentor_id", "No such employee", "reference")]
            )

    async def _check_home(self, home_id: UUID | None) -> None:
        if home_id is not None and await self._offices.get(home_id) is None:
            detail = "Office not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/home_id", "No such office", "reference")]
            )

    async def _find_friends(self, friend_ids: Sequence[UUID]) -> Sequence[Employee]:
        found = {employee.id: employee for employee in await self._employees.get_many(friend_ids)}
        errors = [
            FieldError(f"/friend_ids/{index}", "No such employee", "reference")
            for index, key in enumerate(friend_ids)
            if key not in found
        ]
        if errors:
            detail = "Some employees do not exist"
            raise RuleViolationError(detail, errors=errors)
        return sorted(found.values(), key=lambda employee: employee.id)
