"""Queries on customers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Customer
from app.repositories.base import Repository
from app.schemas.customer import CustomerListQuery, CustomerSort

_ORDERS: dict[CustomerSort, UnaryExpression[Any]] = {
    CustomerSort.CREATED_AT: Customer.created_at.asc(),
    CustomerSort.CREATED_AT_DESC: Customer.created_at.desc(),
}


class CustomerRepository(Repository[Customer]):
    """Customers."""

    model = Customer

    async def get(self, customer_id: UUID) -> Customer | None:
        """Return the customer with this key, if there is one."""
        return await self.session.scalar(self.select().where(Customer.id == customer_id))

    async def get_by_email(self, email: str) -> Customer | None:
        """Return the customer with this value, if there is one."""
        return await self.session.scalar(self.select().where(Customer.email == email))

    async def list(self, query: CustomerListQuery) -> tuple[Sequence[Customer], int]:
        """Return one page of the customers."""
        statement = self.select().order_by(_ORDERS[query.sort], Customer.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
