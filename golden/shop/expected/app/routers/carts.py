"""Carts."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import CartServiceDep, CurrentUserDep
from app.schemas.cart import CartCreate, CartListQuery, CartPage, CartRead

router = APIRouter(prefix="/carts", tags=["carts"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_carts(
    query: Annotated[CartListQuery, Query()], carts: CartServiceDep, caller: CurrentUserDep
) -> CartPage:
    """List carts."""
    rows, total = await carts.list(query, caller)
    return CartPage(
        items=[CartRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{cart_id:uuid}", responses=problems(401, 404))
async def get_cart(cart_id: UUID, carts: CartServiceDep, caller: CurrentUserDep) -> CartRead:
    """Return one cart."""
    cart = await carts.get(cart_id, caller)
    return CartRead.model_validate(cart)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 409))
async def create_cart(
    data: CartCreate, carts: CartServiceDep, caller: CurrentUserDep, response: Response
) -> CartRead:
    """Create a cart."""
    del data
    cart = await carts.create(caller)
    response.headers["Location"] = f"/api/v1/carts/{cart.id}"
    return CartRead.model_validate(cart)


@router.delete(
    "/{cart_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_cart(cart_id: UUID, carts: CartServiceDep, caller: CurrentUserDep) -> None:
    """Delete a cart."""
    await carts.delete(cart_id, caller)
