"""HTTP endpoints: thin translations between HTTP and the services."""

from fastapi import APIRouter

from app.routers import (
    auth,
    cart_items,
    carts,
    customers,
    flows,
    order_items,
    orders,
    payments,
    products,
)

api_router = APIRouter(prefix="/api/v1")
api_router.include_router(auth.router)
api_router.include_router(customers.router)
api_router.include_router(products.router)
api_router.include_router(carts.router)
api_router.include_router(cart_items.router)
api_router.include_router(orders.router)
api_router.include_router(order_items.router)
api_router.include_router(payments.router)
api_router.include_router(flows.router)
