"""Order items."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import CurrentUserDep, OrderItemServiceDep
from app.schemas.order_item import (
    OrderItemCreate,
    OrderItemListQuery,
    OrderItemPage,
    OrderItemRead,
    OrderItemUpdate,
)

router = APIRouter(
    prefix="/orders/{order_id:uuid}/order-items", tags=["order-items"], responses=problems(422)
)


@router.get("", responses=problems(401, 404))
async def list_order_items(
    order_id: UUID,
    query: Annotated[OrderItemListQuery, Query()],
    order_items: OrderItemServiceDep,
    caller: CurrentUserDep,
) -> OrderItemPage:
    """List order items."""
    rows, total = await order_items.list(order_id, query, caller)
    return OrderItemPage(
        items=[OrderItemRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{order_item_id:uuid}", responses=problems(401, 404))
async def get_order_item(
    order_id: UUID, order_item_id: UUID, order_items: OrderItemServiceDep, caller: CurrentUserDep
) -> OrderItemRead:
    """Return one order item."""
    order_item = await order_items.get(order_id, order_item_id, caller)
    return OrderItemRead.model_validate(order_item)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 403, 404, 409))
async def create_order_item(
    order_id: UUID,
    data: OrderItemCreate,
    order_items: OrderItemServiceDep,
    caller: CurrentUserDep,
    response: Response,
) -> OrderItemRead:
    """Create an order item."""
    order_item = await order_items.create(order_id, data, caller)
    response.headers["Location"] = f"/api/v1/orders/{order_id}/order-items/{order_item.id}"
    return OrderItemRead.model_validate(order_item)


@router.patch("/{order_item_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_order_item(
    order_id: UUID,
    order_item_id: UUID,
    data: OrderItemUpdate,
    order_items: OrderItemServiceDep,
    caller: CurrentUserDep,
) -> OrderItemRead:
    """Change an order item."""
    order_item = await order_items.update(order_id, order_item_id, data, caller)
    return OrderItemRead.model_validate(order_item)


@router.delete(
    "/{order_item_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_order_item(
    order_id: UUID, order_item_id: UUID, order_items: OrderItemServiceDep, caller: CurrentUserDep
) -> None:
    """Delete an order item."""
    await order_items.delete(order_id, order_item_id, caller)
