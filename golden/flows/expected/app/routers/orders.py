"""Orders."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import CurrentUserDep, OrderServiceDep
from app.schemas.base import PageQuery
from app.schemas.order import OrderCreate, OrderListQuery, OrderPage, OrderRead, OrderUpdate
from app.schemas.order_state_change import OrderStateChangePage, OrderStateChangeRead

router = APIRouter(prefix="/orders", tags=["orders"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_orders(
    query: Annotated[OrderListQuery, Query()], orders: OrderServiceDep, caller: CurrentUserDep
) -> OrderPage:
    """List orders."""
    rows, total = await orders.list(query, caller)
    return OrderPage(
        items=[OrderRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{order_id:uuid}", responses=problems(401, 404))
async def get_order(order_id: UUID, orders: OrderServiceDep, caller: CurrentUserDep) -> OrderRead:
    """Return one order."""
    order = await orders.get(order_id, caller)
    return OrderRead.model_validate(order)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 409))
async def create_order(
    data: OrderCreate, orders: OrderServiceDep, caller: CurrentUserDep, response: Response
) -> OrderRead:
    """Create an order."""
    order = await orders.create(data, caller)
    response.headers["Location"] = f"/api/v1/orders/{order.id}"
    return OrderRead.model_validate(order)


@router.patch("/{order_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_order(
    order_id: UUID, data: OrderUpdate, orders: OrderServiceDep, caller: CurrentUserDep
) -> OrderRead:
    """Change an order."""
    order = await orders.update(order_id, data, caller)
    return OrderRead.model_validate(order)


@router.delete(
    "/{order_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_order(order_id: UUID, orders: OrderServiceDep, caller: CurrentUserDep) -> None:
    """Delete an order."""
    await orders.delete(order_id, caller)


@router.get("/{order_id:uuid}/state-history", responses=problems(401, 404))
async def list_order_state_history(
    order_id: UUID,
    query: Annotated[PageQuery, Query()],
    orders: OrderServiceDep,
    caller: CurrentUserDep,
) -> OrderStateChangePage:
    """List the changes of the state of an order, the first one first."""
    rows, total = await orders.state_history(order_id, query, caller)
    return OrderStateChangePage(
        items=[OrderStateChangeRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )
