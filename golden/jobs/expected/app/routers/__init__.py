"""HTTP endpoints: thin translations between HTTP and the services."""

from fastapi import APIRouter

from app.routers import auth, digests, flows, invoices, members

api_router = APIRouter(prefix="/api/v1")
api_router.include_router(auth.router)
api_router.include_router(members.router)
api_router.include_router(invoices.router)
api_router.include_router(digests.router)
api_router.include_router(flows.router)
