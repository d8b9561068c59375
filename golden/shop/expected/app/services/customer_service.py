"""Customers."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError, PermissionDeniedError
from app.core.security import hash_password
from app.models import Customer
from app.models.enums import CustomerRole
from app.repositories.customer_repository import CustomerRepository
from app.schemas.customer import CustomerCreate, CustomerListQuery, CustomerUpdate


class CustomerService:
    """Use cases of customers."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._customers = CustomerRepository(session)

    async def list(self, query: CustomerListQuery) -> tuple[Sequence[Customer], int]:
        """List customers."""
        return await self._customers.list(query)

    async def get(self, customer_id: UUID, caller: Customer) -> Customer:
        """Return one customer, unless the caller may not know that it exists."""
        customer = await self._customers.get(customer_id)
        if customer is None or not _may_read(customer, caller):
            detail = "Customer not found"
            raise NotFoundError(detail)
        return customer

    async def update(self, customer_id: UUID, data: CustomerUpdate, caller: Customer) -> Customer:
        """Change a customer."""
        customer = await self.get(customer_id, caller)
        if not _may_update(customer, caller):
            detail = "You may not change this customer"
            raise PermissionDeniedError(detail)
        await self._apply(customer, data)
        return customer

    async def register(self, data: CustomerCreate) -> Customer:
        """Create one customer for whoever asks."""
        customer = Customer(
            email=data.email, name=data.name, hashed_password=await hash_password(data.password)
        )
        await self._customers.create(customer)
        return customer

    async def update_me(self, customer: Customer, data: CustomerUpdate) -> Customer:
        """Change the caller's own customer."""
        await self._apply(customer, data)
        return customer

    async def _apply(self, customer: Customer, data: CustomerUpdate) -> None:
        if data.email is not MISSING:
            customer.email = data.email
        if data.name is not MISSING:
            customer.name = data.name
        if data.password is not MISSING:
            customer.hashed_password = await hash_password(data.password)
        await self._customers.update(customer)


def _may_read(customer: Customer, caller: Customer) -> bool:
    return caller.role in {CustomerRole.CLERK, CustomerRole.ADMIN} or customer.id == caller.id


def _may_update(customer: Customer, caller: Customer) -> bool:
    return customer.id == caller.id
