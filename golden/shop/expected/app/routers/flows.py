"""Flows."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter

from app.core.problems import problems
from app.dependencies import CurrentUserDep, FlowMethodsDep, IdempotencyDep
from app.schemas.flows import PayInput
from app.schemas.order import OrderRead
from app.schemas.payment import PaymentRead

router = APIRouter(tags=["flows"], responses=problems(422))


@router.post(
    "/carts/{cart_id:uuid}/checkout",
    status_code=HTTPStatus.CREATED,
    responses=problems(401, 404, 409, 412),
)
async def checkout(
    cart_id: UUID, flows: FlowMethodsDep, caller: CurrentUserDep, idempotency: IdempotencyDep
) -> OrderRead:
    """Checkout."""
    order = await flows.checkout(cart_id, caller)
    return await idempotency.keep(OrderRead.model_validate(order), HTTPStatus.CREATED)


@router.post(
    "/orders/{order_id:uuid}/payments",
    status_code=HTTPStatus.CREATED,
    responses=problems(400, 401, 404, 409),
)
async def pay(
    order_id: UUID,
    data: PayInput,
    flows: FlowMethodsDep,
    caller: CurrentUserDep,
    idempotency: IdempotencyDep,
) -> PaymentRead:
    """Pay."""
    payment = await flows.pay(order_id, data.reference, caller)
    return await idempotency.keep(PaymentRead.model_validate(payment), HTTPStatus.CREATED)


@router.post("/orders/{order_id:uuid}/cancel", responses=problems(401, 404, 409, 412))
async def cancel(order_id: UUID, flows: FlowMethodsDep, caller: CurrentUserDep) -> OrderRead:
    """Cancel."""
    order = await flows.cancel(order_id, caller)
    return OrderRead.model_validate(order)
