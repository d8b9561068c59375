"""HTTP endpoints: thin translations between HTTP and the services."""

from fastapi import APIRouter

from app.routers import accounts, auth, flows, members, order_items, orders, products, transfers

api_router = APIRouter(prefix="/api/v1")
api_router.include_router(auth.router)
api_router.include_router(members.router)
api_router.include_router(accounts.router)
api_router.include_router(transfers.router)
api_router.include_router(products.router)
api_router.include_router(orders.router)
api_router.include_router(order_items.router)
api_router.include_router(flows.router)
