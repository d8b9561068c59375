"""Customers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from app.core.problems import problems
from app.dependencies import CurrentUserDep, CustomerServiceDep, require_admin
from app.schemas.customer import CustomerListQuery, CustomerPage, CustomerRead, CustomerUpdate

router = APIRouter(prefix="/customers", tags=["customers"], responses=problems(422))


@router.get("/me", responses=problems(401))
async def get_me(customer: CurrentUserDep) -> CustomerRead:
    """Return the caller's own customer."""
    return CustomerRead.model_validate(customer)


@router.patch("/me", responses=problems(400, 401, 409))
async def update_me(
    data: CustomerUpdate, customer: CurrentUserDep, customers: CustomerServiceDep
) -> CustomerRead:
    """Change the caller's own customer."""
    customer = await customers.update_me(customer, data)
    return CustomerRead.model_validate(customer)


@router.get("", dependencies=[Depends(require_admin)], responses=problems(401, 403))
async def list_customers(
    query: Annotated[CustomerListQuery, Query()], customers: CustomerServiceDep
) -> CustomerPage:
    """List customers."""
    rows, total = await customers.list(query)
    return CustomerPage(
        items=[CustomerRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{customer_id:uuid}", responses=problems(401, 404))
async def get_customer(
    customer_id: UUID, customers: CustomerServiceDep, caller: CurrentUserDep
) -> CustomerRead:
    """Return one customer."""
    customer = await customers.get(customer_id, caller)
    return CustomerRead.model_validate(customer)


@router.patch("/{customer_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_customer(
    customer_id: UUID, data: CustomerUpdate, customers: CustomerServiceDep, caller: CurrentUserDep
) -> CustomerRead:
    """Change a customer."""
    customer = await customers.update(customer_id, data, caller)
    return CustomerRead.model_validate(customer)
