"""Order items."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.core.problems import problems
from app.dependencies import CurrentUserDep, OrderItemServiceDep
from app.schemas.order_item import OrderItemListQuery, OrderItemPage, OrderItemRead

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
