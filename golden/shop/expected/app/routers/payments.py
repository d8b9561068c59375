"""Payments."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.core.problems import problems
from app.dependencies import CurrentUserDep, PaymentServiceDep
from app.schemas.payment import PaymentListQuery, PaymentPage, PaymentRead

router = APIRouter(prefix="/payments", tags=["payments"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_payments(
    query: Annotated[PaymentListQuery, Query()], payments: PaymentServiceDep, caller: CurrentUserDep
) -> PaymentPage:
    """List payments."""
    rows, total = await payments.list(query, caller)
    return PaymentPage(
        items=[PaymentRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{payment_id:uuid}", responses=problems(401, 404))
async def get_payment(
    payment_id: UUID, payments: PaymentServiceDep, caller: CurrentUserDep
) -> PaymentRead:
    """Return one payment."""
    payment = await payments.get(payment_id, caller)
    return PaymentRead.model_validate(payment)
