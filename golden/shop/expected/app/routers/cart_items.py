"""Cart items."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import CartItemServiceDep, CurrentUserDep
from app.schemas.cart_item import (
    CartItemCreate,
    CartItemListQuery,
    CartItemPage,
    CartItemRead,
    CartItemUpdate,
)

router = APIRouter(
    prefix="/carts/{cart_id:uuid}/cart-items", tags=["cart-items"], responses=problems(422)
)


@router.get("", responses=problems(401, 404))
async def list_cart_items(
    cart_id: UUID,
    query: Annotated[CartItemListQuery, Query()],
    cart_items: CartItemServiceDep,
    caller: CurrentUserDep,
) -> CartItemPage:
    """List cart items."""
    rows, total = await cart_items.list(cart_id, query, caller)
    return CartItemPage(
        items=[CartItemRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{cart_item_id:uuid}", responses=problems(401, 404))
async def get_cart_item(
    cart_id: UUID, cart_item_id: UUID, cart_items: CartItemServiceDep, caller: CurrentUserDep
) -> CartItemRead:
    """Return one cart item."""
    cart_item = await cart_items.get(cart_id, cart_item_id, caller)
    return CartItemRead.model_validate(cart_item)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 403, 404, 409))
async def create_cart_item(
    cart_id: UUID,
    data: CartItemCreate,
    cart_items: CartItemServiceDep,
    caller: CurrentUserDep,
    response: Response,
) -> CartItemRead:
    """Create a cart item."""
    cart_item = await cart_items.create(cart_id, data, caller)
    response.headers["Location"] = f"/api/v1/carts/{cart_id}/cart-items/{cart_item.id}"
    return CartItemRead.model_validate(cart_item)


@router.patch("/{cart_item_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_cart_item(
    cart_id: UUID,
    cart_item_id: UUID,
    data: CartItemUpdate,
    cart_items: CartItemServiceDep,
    caller: CurrentUserDep,
) -> CartItemRead:
    """Change a cart item."""
    cart_item = await cart_items.update(cart_id, cart_item_id, data, caller)
    return CartItemRead.model_validate(cart_item)


@router.delete(
    "/{cart_item_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_cart_item(
    cart_id: UUID, cart_item_id: UUID, cart_items: CartItemServiceDep, caller: CurrentUserDep
) -> None:
    """Delete a cart item."""
    await cart_items.delete(cart_id, cart_item_id, caller)
