"""HTTP endpoints: thin translations between HTTP and the services."""

from fastapi import APIRouter

from app.routers import auth, bookings, claims, members, remarks, topics

api_router = APIRouter(prefix="/api/v1")
api_router.include_router(auth.router)
api_router.include_router(members.router)
api_router.include_router(topics.router)
api_router.include_router(bookings.router)
api_router.include_router(remarks.router)
api_router.include_router(claims.router)
