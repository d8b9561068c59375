"""Employees."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import EmployeeServiceDep
from app.schemas.employee import (
    EmployeeCreate,
    EmployeeListQuery,
    EmployeePage,
    EmployeeRead,
    EmployeeUpdate,
)

router = APIRouter(prefix="/employees", tags=["employees"], responses=problems(422))


@router.get("")
async def list_employees(
    query: Annotated[EmployeeListQuery, Query()], employees: EmployeeServiceDep
) -> EmployeePage:
    """List employees."""
    rows, total = await employees.list(query)
    return EmployeePage(
        items=[EmployeeRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{employee_id:uuid}", responses=problems(404))
async def get_employee(employee_id: UUID, employees: EmployeeServiceDep) -> EmployeeRead:
    """Return one employee."""
    employee = await employees.get(employee_id)
    return EmployeeRead.model_validate(employee)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 409))
async def create_employee(
    data: EmployeeCreate, employees: EmployeeServiceDep, response: Response
) -> EmployeeRead:
    """Create an employee."""
    employee = await employees.create(data)
    response.headers["Location"] = f"/api/v1/employees/{employee.id}"
    return EmployeeRead.model_validate(employee)


@router.patch("/{employee_id:uuid}", responses=problems(400, 404, 409))
async def update_employee(
    employee_id: UUID, data: EmployeeUpdate, employees: EmployeeServiceDep
) -> EmployeeRead:
    """Change an employee."""
    employee = await employees.update(employee_id, data)
    return EmployeeRead.model_validate(employee)


@router.delete("/{employee_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404))
async def delete_employee(employee_id: UUID, employees: EmployeeServiceDep) -> None:
    """Delete an employee."""
    await employees.delete(employee_id)
