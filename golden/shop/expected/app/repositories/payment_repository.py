"""Queries on payments."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression, true
from sqlalchemy.orm import joinedload

from app.core.errors import Invariant, InvariantError
from app.models import Customer, Order, Payment
from app.models.enums import CustomerRole, OrderStatus
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

    async def create(self, entity: Payment) -> None:
        """Insert ``entity`` now, if its invariants allow it."""
        await super().create(entity)
        await self._require_never_pay_a_closed_order(entity)

    async def _require_never_pay_a_closed_order(self, payment: Payment) -> None:
        order = await self.hold(Order, payment.order_id)
        if order.status in {OrderStatus.CANCELLED, OrderStatus.REFUNDED}:
            invariant = Invariant(
                "never_pay_a_closed_order", "A cancelled or refunded order cannot be paid."
            )
            raise InvariantError(invariant, pointers=["/order_id"])


def _visible_to(caller: Customer) -> ColumnElement[bool]:
    if caller.role in {CustomerRole.CLERK, CustomerRole.ADMIN}:
        return true()
    return Payment.order.has(Order.customer_id == caller.id)
