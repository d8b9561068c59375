"""Payments."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Customer, Payment
from app.models.enums import CustomerRole
from app.repositories.payment_repository import PaymentRepository
from app.schemas.payment import PaymentListQuery


class PaymentService:
    """Use cases of payments."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._payments = PaymentRepository(session)

    async def list(
        self, query: PaymentListQuery, caller: Customer
    ) -> tuple[Sequence[Payment], int]:
        """List payments."""
        return await self._payments.list(query, caller)

    async def get(self, payment_id: UUID, caller: Customer) -> Payment:
        """Return one payment, unless the caller may not know that it exists."""
        payment = await self._payments.get(payment_id)
        if payment is None or not _may_read(payment, caller):
            detail = "Payment not found"
            raise NotFoundError(detail)
        return payment


def _may_read(payment: Payment, caller: Customer) -> bool:
    return (
        caller.role in {CustomerRole.CLERK, CustomerRole.ADMIN}
        or payment.order.customer_id == caller.id
    )
