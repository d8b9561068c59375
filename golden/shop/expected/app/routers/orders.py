"""Orders."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.core.problems import problems
from app.dependencies import AdminDep, ClerkOrAdminDep, CurrentUserDep, OrderServiceDep
from app.schemas.order import OrderListQuery, OrderPage, OrderRead

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


@router.post("/{order_id:uuid}/ship", responses=problems(401, 403, 404, 409))
async def ship_order(order_id: UUID, orders: OrderServiceDep, caller: ClerkOrAdminDep) -> OrderRead:
    """Ship an order."""
    order = await orders.ship(order_id, caller)
    return OrderRead.model_validate(order)


@router.post("/{order_id:uuid}/refund", responses=problems(401, 403, 404, 409))
async def refund_order(order_id: UUID, orders: OrderServiceDep, caller: AdminDep) -> OrderRead:
    """Refund an order."""
    order = await orders.refund(order_id, caller)
    return OrderRead.model_validate(order)
