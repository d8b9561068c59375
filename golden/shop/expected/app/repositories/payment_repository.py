"""Queries on payments."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression, true
from sqlalchemy.orm import joinedload

from app.models import Customer, Order, Payment
from app.models.enums import CustomerRole
from app.repositories.base import Repository
from app.schemas.payment import PaymentListQuery, PaymentSort

_ORDERS: dict[PaymentSort, UnaryExpression[Any]] = {
    PaymentSort.CREATED_AT: Payment.created_at.asc(),
    PaymentSort.CREATED_AT_DESC: Payment.created_at.desc(),
}


class PaymentRepository(Repository[Payment]):
    """Payments."""

    model = Payment
    options = (joinedload(Payment.order, innerjoin=True),)

    async def get(self, payment_id: UUID) -> Payment | None:
        """Return the payment with this key, if there is one."""
        return await self.session.scalar(self.select().where(Payment.id == payment_id))

    async def list(
        self, query: PaymentListQuery, caller: Customer
    ) -> tuple[Sequence[Payment], int]:
        """Return one page of the payments that the caller may see."""
        statement = (
            self.select().where(_visible_to(caller)).order_by(_ORDERS[query.sort], Payment.id)
        )
        return await self.page(statement, limit=query.limit, offset=query.offset)


def _visible_to(caller: Customer) -> ColumnElement[bool]:
    if caller.role in {CustomerRole.CLERK, CustomerRole.ADMIN}:
        return true()
    return Payment.order.has(Order.customer_id == caller.id)
