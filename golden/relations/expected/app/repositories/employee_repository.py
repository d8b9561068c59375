"""Queries on employees."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression
from sqlalchemy.orm import selectinload

from app.models import Employee
from app.repositories.base import Repository
from app.schemas.employee import EmployeeListQuery, EmployeeSort

_ORDERS: dict[EmployeeSort, UnaryExpression[Any]] = {
    EmployeeSort.CREATED_AT: Employee.created_at.asc(),
    EmployeeSort.CREATED_AT_DESC: Employee.created_at.desc(),
}


class EmployeeRepository(Repository[Employee]):
    """Employees."""

    model = Employee
    options = (selectinload(Employee.friends),)

    async def get(self, employee_id: UUID) -> Employee | None:
        """Return the employee with this key, if there is one."""
        return await self.session.scalar(self.select().where(Employee.id == employee_id))

    async def get_many(self, keys: Sequence[UUID]) -> Sequence[Employee]:
        """Return the employees with these keys, as far as they exist."""
        statement = self.select().where(Employee.id.in_(keys))
        return (await self.session.scalars(statement)).all()

    async def list(self, query: EmployeeListQuery) -> tuple[Sequence[Employee], int]:
        """Return one page of the employees."""
        statement = self.select().order_by(_ORDERS[query.sort], Employee.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
